// Subscribers: creation, limits, numbers, change, removal, lists, the move of a free account, roles.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codesOf, idIn, list, locationAddress, mailForm, openWorld, subscriberForm } from './support/world.ts';
import type { World } from './support/world.ts';

const path = '/wholesale/subscribers';

let world: World;
let customerId: string;
let orgId: string;
let locationId: string;
let domain = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  customerId = await world.createCustomer({
    packages: ['webex_calling', 'webex_meetings', 'webex_suite'],
    limits: { webex_suite: 2 },
  });
  orgId = (await world.customer(customerId)).orgId ?? '';
  locationId =
    (await world.acme.get(`/locations?orgId=${orgId}`, list(z.object({ id: z.string() })))).items[0]?.id ?? '';
  domain += 1;
});

const email = (name: string) => `${name}@shop${domain}.example`;

function body(name: string, part: object = {}) {
  const provisioningParameters = { firstName: 'Ada', lastName: 'Byron' };
  return { customerId, email: email(name), packages: ['webex_meetings'], provisioningParameters, ...part };
}

function calling(name: string, parameters: object) {
  return body(name, { packages: ['webex_calling'], provisioningParameters: parameters });
}

async function create(name: string, part: object = {}) {
  return subscriberForm.parse((await world.acme.expect(200, 'POST', path, body(name, part))).body);
}

async function addNumbers(...phoneNumbers: string[]) {
  await world.acme.expect(200, 'POST', `/telephony/config/locations/${locationId}/numbers?orgId=${orgId}`, {
    phoneNumbers,
  });
}

async function ownerOf(number: string): Promise<string | null> {
  const form = z.object({ phoneNumbers: z.array(z.object({ owner: z.object({ id: z.string() }).optional() })) });
  const found = await world.acme.get(
    `/telephony/config/numbers?orgId=${orgId}&phoneNumber=${encodeURIComponent(number)}`,
    form,
  );
  return found.phoneNumbers[0]?.owner?.id ?? null;
}

describe('subscribers', () => {
  it('are provisioned at once, with a person in the organisation, and found again under their URL', async () => {
    const answer = await world.acme.expect(200, 'POST', path, body('ada'));
    const created = subscriberForm.parse(answer.body);
    expect(created).toMatchObject({
      status: 'provisioned',
      package: 'webex_meetings',
      packages: ['webex_meetings'],
      customerId,
    });
    expect(idIn(answer.headers.get('location') ?? '')).toBe(created.id);
    expect(await world.acme.get(`${path}/${created.id}`, subscriberForm)).toEqual(created);
    const person = await world.acme.expect(200, 'GET', `/people/${created.personId}`);
    expect(person.body).toMatchObject({ emails: [email('ada')], displayName: 'Ada Byron', orgId, roles: [] });
  });

  it('become the administrator that the organisation has under the same e-mail, who keeps the role', async () => {
    const { items } = await world.acme.get(
      `/people?orgId=${orgId}`,
      list(z.object({ id: z.string(), roles: z.array(z.string()) })),
    );
    const owner = await create('owner', { email: 'Owner@corner.example' });
    expect(owner.personId).toBe(items[0]?.id);
    const person = await world.acme.expect(200, 'GET', `/people/${owner.personId}`);
    expect(person.body).toMatchObject({ firstName: 'Ada', roles: items[0]?.roles });
  });

  it('cannot share an e-mail within a customer, in whatever spelling', async () => {
    await create('ada');
    for (const same of [email('ada'), email('ADA')]) {
      expect(codesOf(await world.acme.expect(409, 'POST', path, body('ada', { email: same })))).toEqual([10022]);
      expect(codesOf(await world.acme.expect(409, 'POST', `${path}/validate`, body('ada', { email: same })))).toEqual([
        10022,
      ]);
    }
    const { subscribersCreated } = await world.effects();
    expect(subscribersCreated.filter((entry) => entry.customerId === customerId)).toMatchObject([{ count: 1 }]);
  });

  it.each([
    ['both package fields', { package: 'webex_meetings' }, 90000],
    ['two packages', { packages: ['webex_meetings', 'webex_suite'] }, 90000],
    ['no package', { packages: [] }, 90000],
    ['neither package field', { packages: undefined }, 1001],
    ['an e-mail that is none', { email: 'ada' }, 90000],
    ['no provisioning parameters', { provisioningParameters: undefined }, 1001],
    [
      'a package that the customer lacks',
      { packages: ['webex_voice'], provisioningParameters: { extension: '2001' } },
      90021,
    ],
    ['calling without number and extension', { packages: ['webex_calling'] }, 90023],
    ['a reserved extension', { packages: ['webex_calling'], provisioningParameters: { extension: '911' } }, 90025],
    [
      'a number from nowhere',
      { packages: ['webex_calling'], provisioningParameters: { primaryPhoneNumber: '+13125559999' } },
      90024,
    ],
  ])('are refused with %s', async (_, part, code) => {
    expect(codesOf(await world.acme.expect(400, 'POST', path, body('ada', part)))).toEqual([code]);
  });

  it('need a customer that exists and is provisioned', async () => {
    await world.acme.expect(404, 'POST', path, body('ada', { customerId: 'unknown' }));
    await world.faults([{ kind: 'stuck' }]);
    const unready = await world.createCustomer();
    expect(codesOf(await world.acme.expect(409, 'POST', path, body('ada', { customerId: unready })))).toEqual([90020]);
    await world.faults([]);
  });

  it('stay within the limit of their package, also when many are asked for at once', async () => {
    const extensions = ['2001', '2002', '2003', '2004'];
    const answers = await Promise.all(
      extensions.map((extension) =>
        world.acme.call(
          'POST',
          path,
          body(`u${extension}`, { packages: ['webex_suite'], provisioningParameters: { extension } }),
        ),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(codesOf)).toEqual([[90022], [90022]]);
  });

  it('take a number of their location, which is then nobody else’s until they are removed', async () => {
    const number = '+13125550101';
    await addNumbers(number);
    const parameters = { primaryPhoneNumber: number, locationId };
    const ada = subscriberForm.parse((await world.acme.expect(200, 'POST', path, calling('ada', parameters))).body);
    expect(await ownerOf(number)).toBe(ada.personId);
    expect(codesOf(await world.acme.expect(400, 'POST', path, calling('bob', parameters)))).toEqual([8361]);
    await world.acme.expect(204, 'DELETE', `${path}/${ada.id}`);
    await world.acme.expect(404, 'GET', `${path}/${ada.id}`);
    await world.acme.expect(404, 'DELETE', `${path}/${ada.id}`);
    await world.acme.expect(200, 'GET', `/people/${ada.personId}`);
    expect(await ownerOf(number)).toBeNull();
    await world.acme.expect(200, 'POST', path, calling('bob', parameters));
  });

  it('have an extension of their own at each location', async () => {
    const branch = await world.acme.expect(201, 'POST', `/locations?orgId=${orgId}`, {
      name: 'Branch',
      timeZone: 'America/Chicago',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: locationAddress,
    });
    const branchId = z.object({ id: z.string() }).parse(branch.body).id;
    await world.acme.expect(200, 'POST', path, calling('ada', { extension: '2001' }));
    expect(codesOf(await world.acme.expect(409, 'POST', path, calling('bob', { extension: '2001' })))).toEqual([90026]);
    await world.acme.expect(200, 'POST', path, calling('bob', { extension: '2001', locationId: branchId }));
    await world.acme.expect(404, 'POST', path, calling('eve', { extension: '2002', locationId: 'unknown' }));
  });

  it('give one of two simultaneous requests what only one can have', async () => {
    await addNumbers('+13125550201');
    const rivals = ['ada', 'bob', 'eve', 'dan'].map((name) =>
      world.acme.call('POST', path, calling(name, { primaryPhoneNumber: '+13125550201' })),
    );
    const statuses = (await Promise.all(rivals)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 400, 400, 400]);
    const same = ['2001', '2002', '2003'].map((extension) =>
      world.acme.call('POST', path, calling('one', { extension })),
    );
    expect((await Promise.all(same)).map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  it('change from meetings to calling with a number, and back without', async () => {
    const number = '+13125550301';
    await addNumbers(number);
    const { id, personId } = await create('ada');
    const toCalling = { packages: ['webex_calling'] };
    expect(codesOf(await world.acme.expect(400, 'PUT', `${path}/${id}`, toCalling))).toEqual([90023]);
    const changed = await world.acme.expect(200, 'PUT', `${path}/${id}`, {
      ...toCalling,
      provisioningParameters: { primaryPhoneNumber: number, extension: '2001' },
    });
    expect(subscriberForm.parse(changed.body)).toMatchObject({ id, package: 'webex_calling', status: 'provisioned' });
    expect(changed.headers.get('location')).toContain(id);
    expect(await ownerOf(number)).toBe(personId);
    await world.acme.expect(200, 'PUT', `${path}/${id}`, { package: 'webex_suite' });
    expect(await ownerOf(number)).toBe(personId);
    await world.acme.expect(200, 'PUT', `${path}/${id}`, { package: 'webex_meetings' });
    expect(await ownerOf(number)).toBeNull();
    await world.acme.expect(400, 'PUT', `${path}/${id}`, {});
    await world.acme.expect(404, 'PUT', `${path}/unknown`, { package: 'webex_meetings' });
  });

  it('are listed by every filter, in the order asked for, page by page', async () => {
    const ada = await create('ada');
    await world.advance(60_000);
    const bob = await create('bob');
    const eve = subscriberForm.parse(
      (await world.acme.expect(202, 'POST', path, body('eve', { email: 'eve@consumer.example' }))).body,
    );
    await world.advance(60_000);
    await world.acme.expect(200, 'PUT', `${path}/${ada.id}`, {
      package: 'webex_suite',
      provisioningParameters: { extension: '2001' },
    });
    const found = async (query: string) =>
      (await world.acme.get(`${path}?customerId=${customerId}${query}`, list(subscriberForm))).items.map(
        ({ id }) => id,
      );

    expect(await found('')).toEqual([ada.id, bob.id, eve.id]);
    expect(await found('&sortOrder=desc')).toEqual([eve.id, bob.id, ada.id]);
    expect(await found('&sortBy=lastStatusChange&sortOrder=ASC')).toEqual([bob.id, eve.id, ada.id]);
    expect(await found(`&email=${email('BOB')}`)).toEqual([bob.id]);
    expect(await found(`&personId=${bob.personId}`)).toEqual([bob.id]);
    expect(await found(`&externalCustomerId=${bob.externalCustomerId}`)).toEqual([ada.id, bob.id, eve.id]);
    expect(await found('&externalCustomerId=other')).toEqual([]);
    expect(await found('&status=pending_user_migration')).toEqual([eve.id]);
    expect(await found(`&after=${bob.created}`)).toEqual([bob.id, eve.id]);
    expect(await found(`&after=${Date.parse(bob.created)}`)).toEqual([bob.id, eve.id]);
    const since = Date.parse(bob.lastStatusChange) + 30_000;
    expect(await found(`&lastStatusChange=${since}&sortBy=lastStatusChange`)).toEqual([ada.id]);
    const first = await world.acme.expect(200, 'GET', `${path}?customerId=${customerId}&max=2`);
    expect(list(subscriberForm).parse(first.body).items).toHaveLength(2);
    expect(first.headers.get('link')).toContain('offset=2');
    const last = await world.acme.expect(200, 'GET', `${path}?customerId=${customerId}&max=2&offset=2`);
    expect(
      list(subscriberForm)
        .parse(last.body)
        .items.map(({ id }) => id),
    ).toEqual([eve.id]);
    expect(last.headers.get('link')).toBeNull();
    await world.acme.expect(400, 'GET', `${path}?after=yesterday`);
  });

  it('can be prechecked with little or with everything, which creates nothing', async () => {
    for (const part of [
      { email: email('ada') },
      { email: email('ada'), provisioningId: world.provisioningId, customerInfo: { primaryEmail: 'a@b.example' } },
      body('ada'),
    ]) {
      const passed = await world.acme.expect(200, 'POST', `${path}/validate`, part);
      expect(passed.body).toMatchObject({ message: 'success', info: [{ infoCode: 100 }] });
    }
    expect((await world.acme.get(`${path}?customerId=${customerId}`, list(subscriberForm))).items).toEqual([]);
  });

  it('who decline to move stay pending with an error, and may be asked again', async () => {
    const mailbox = `declines${domain}@consumer.example`;
    const created = await world.acme.expect(202, 'POST', path, body('x', { email: mailbox }));
    const { id } = subscriberForm.parse(created.body);
    const mails = async () => (await world.acme.get(`/sandbox/mails?to=${mailbox}`, list(mailForm))).items;
    const first = (await mails())[0]?.consentToken;
    await world.acme.expect(204, 'POST', `/subscribers/${id}/emails/consentMove`);
    expect((await mails()).map(({ consentToken }) => consentToken)).toEqual([first, first]);

    await world.acme.expect(200, 'POST', '/sandbox/consent-answers', { token: first, decision: 'DECLINE' });
    expect(await world.acme.get(`${path}/${id}`, subscriberForm)).toMatchObject({
      status: 'pending_user_migration',
      errors: [{ errorCode: 90102 }],
    });
    await world.acme.expect(409, 'POST', '/sandbox/consent-answers', { token: first, decision: 'APPROVE' });

    await world.acme.expect(204, 'POST', `/wholesale/subscribers/${id}/emails/consentMove`);
    expect((await world.acme.get(`${path}/${id}`, subscriberForm)).errors).toBeUndefined();
    const [latest] = await mails();
    expect(latest?.consentToken).not.toBe(first);
    await world.acme.expect(200, 'POST', '/sandbox/consent-answers', {
      token: latest?.consentToken,
      decision: 'APPROVE',
    });
    expect((await world.acme.get(`${path}/${id}`, subscriberForm)).status).toBe('provisioned');
    expect(codesOf(await world.acme.expect(409, 'POST', `/subscribers/${id}/emails/consentMove`))).toEqual([90028]);
  });

  it('get the roles of a PUT to their person, all others being taken away', async () => {
    const { personId } = await create('ada');
    const { items } = await world.acme.get('/roles', list(z.object({ id: z.string(), name: z.string() })));
    const [full, readOnly] = items.map(({ id }) => id);
    const form = z.object({ displayName: z.string(), roles: z.array(z.string()) });
    const person = await world.acme.get(`/people/${personId}`, form);
    const put = async (roles: unknown[]) =>
      form.parse(
        (await world.acme.expect(200, 'PUT', `/people/${personId}?callingData=true`, { ...person, roles })).body,
      ).roles;
    expect(await put([full])).toEqual([full]);
    expect(await put([readOnly])).toEqual([readOnly]);
    await world.acme.expect(400, 'PUT', `/people/${personId}`, { ...person, roles: ['captain'] });
    await world.acme.expect(404, 'PUT', '/people/unknown', { ...person, roles: [] });
    expect(await world.acme.get(`/people/${personId}`, form)).toMatchObject({ roles: [readOnly] });
    await world.acme.expect(200, 'GET', `/roles/${full}`);
    await world.acme.expect(404, 'GET', '/roles/unknown');
  });
});
