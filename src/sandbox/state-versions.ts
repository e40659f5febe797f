// The tables of the schema "sandbox", version by version. Append a version to change them; never edit one that was released.
// Moments are epoch milliseconds of the sandbox's own clock (clock.ts).

const first = `
create table sandbox.clock (
  only_one    boolean primary key default true check (only_one),
  advance_ms  bigint not null default 0,
  frozen_at   bigint,
  stuck_ms    bigint not null default 0
);
insert into sandbox.clock default values;

create table sandbox.faults (
  only_one  boolean primary key default true check (only_one),
  setting   jsonb not null
);

create table sandbox.organizations (
  id                  text primary key,
  seq                 bigint generated always as identity,
  partner             text not null,
  name                text not null,
  preferred_language  text,
  admin_email         text not null,
  other_admins        text[] not null default '{}',
  created_at          bigint not null,
  is_existing         boolean not null,
  is_suggested        boolean not null default true,
  user_count          integer not null default 0,
  has_verified_domain boolean not null default false,
  has_claimed_domain  boolean not null default false,
  is_trial            boolean not null default false,
  is_managed          boolean not null default false,
  is_own              boolean not null default false,
  is_wholesale        boolean not null default false,
  has_basic_branding  boolean not null default false,
  license_state       text not null
);
create index on sandbox.organizations (partner, lower(admin_email));

create table sandbox.templates (
  partner         text not null,
  template_id     text not null,
  provisioning_id text not null unique,
  setting         jsonb not null,
  primary key (partner, template_id)
);

create table sandbox.customers (
  id                text primary key,
  seq               bigint generated always as identity,
  partner           text not null,
  external_id       text not null,
  provisioning_id   text not null,
  requested_org_id  text,
  org_id            text,
  company_name      text not null,
  admin_email       text,
  language          text,
  address           jsonb not null,
  headquarters      jsonb,
  limits            jsonb not null,
  package_names     text[] not null,
  packages          jsonb not null,
  errors            jsonb not null default '[]',
  status            text not null,
  is_flaky          boolean not null,
  attempt           jsonb,
  next_change_at    bigint,
  created_at        bigint not null,
  unique (partner, external_id)
);
create index on sandbox.customers (partner, seq);
create index on sandbox.customers (org_id);
create index on sandbox.customers (requested_org_id);
create index on sandbox.customers (partner, next_change_at) where next_change_at is not null;

create table sandbox.subscribers (
  id                text primary key,
  seq               bigint generated always as identity,
  partner           text not null,
  customer_id       text not null references sandbox.customers on delete cascade,
  email             text not null,
  package           text not null,
  status            text not null,
  person_id         text,
  first_name        text,
  last_name         text,
  phone_number      text,
  extension         text,
  location_id       text,
  errors            jsonb not null default '[]',
  consent_token     text unique,
  consent_answer    text,
  created_at        bigint not null,
  status_changed_at bigint not null
);
create unique index on sandbox.subscribers (customer_id, lower(email));
create index on sandbox.subscribers (partner, lower(email));
create index on sandbox.subscribers (partner, created_at, seq);
create index on sandbox.subscribers (partner, status_changed_at, seq);
create index on sandbox.subscribers (customer_id, package);
create index on sandbox.subscribers (person_id);
create unique index on sandbox.subscribers (location_id, extension);
create unique index on sandbox.subscribers (location_id, phone_number);

create table sandbox.people (
  id          text primary key,
  partner     text not null,
  org_id      text not null,
  email       text not null,
  first_name  text,
  last_name   text,
  roles       text[] not null default '{}',
  created_at  bigint not null
);
create unique index on sandbox.people (org_id, lower(email));

create table sandbox.locations (
  id                    text primary key,
  seq                   bigint generated always as identity,
  partner               text not null,
  org_id                text not null,
  name                  text not null,
  is_headquarters       boolean not null default false,
  address               jsonb not null,
  time_zone             text not null,
  preferred_language    text not null,
  announcement_language text not null,
  latitude              text,
  longitude             text,
  notes                 text,
  pstn_connection       jsonb
);
create index on sandbox.locations (org_id, seq);
create index on sandbox.locations (partner, seq);

create table sandbox.numbers (
  org_id        text not null,
  number        text not null,
  seq           bigint generated always as identity,
  partner       text not null,
  location_id   text not null,
  number_type   text not null,
  usage         text not null,
  state         text not null,
  is_main       boolean not null,
  subscriber_id text references sandbox.subscribers on delete set null,
  primary key (org_id, number)
);
create index on sandbox.numbers (location_id);
create index on sandbox.numbers (subscriber_id);
create index on sandbox.numbers (partner, seq);

create table sandbox.consents (
  partner     text not null,
  consent_id  text not null,
  org_id      text not null,
  reasons     text[] not null,
  status      text not null default 'PENDING',
  sent_to     text[] not null,
  token       text not null unique,
  decided_at  bigint,
  primary key (partner, consent_id)
);
create index on sandbox.consents (org_id);

create table sandbox.mails (
  seq           bigint generated always as identity primary key,
  partner       text not null,
  recipient     text not null,
  subject       text not null,
  body          text not null,
  consent_token text,
  sent_at       bigint not null
);
create index on sandbox.mails (partner, lower(recipient));

create table sandbox.effects (
  partner text not null,
  kind    text not null,
  scope   text not null,
  subject text not null,
  count   integer not null,
  primary key (partner, kind, scope, subject)
);

create table sandbox.flaky_calls (
  partner     text not null,
  external_id text not null,
  route       text not null,
  calls       integer not null,
  primary key (partner, external_id, route)
);

create table sandbox.request_log (
  seq   bigint generated always as identity primary key,
  at    bigint not null,
  entry jsonb not null
);
create index on sandbox.request_log (at);
`;

export const stateVersions: readonly string[] = [first];
