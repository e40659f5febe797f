-- Row level security: the API's connections take the role "gateway_tenant", which sees and writes the rows of the one partner
-- whose id is in the setting "gateway.partner_id", and none while that is empty. Workers go on as the tables' owner, for whom
-- these policies do not hold.

-- Roles belong to the whole server: several databases of it may be migrated at the same moment, and not every user may make one.
DO $$
DECLARE
  tries integer := 0;
  -- Before version 16 whoever is a member may take a role.
  right_to_take text := CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'MEMBER' ELSE 'SET' END;
BEGIN
  LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gateway_tenant') THEN
        CREATE ROLE gateway_tenant NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
      END IF;
      IF NOT pg_has_role(current_user, 'gateway_tenant', right_to_take) THEN
        EXECUTE format('GRANT gateway_tenant TO %I', current_user);
      END IF;
      EXIT;
    EXCEPTION
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION '% may not make or take the role of the API''s connections: let an administrator run once: CREATE ROLE gateway_tenant NOLOGIN; GRANT gateway_tenant TO %;',
          current_user, quote_ident(current_user);
      WHEN duplicate_object OR unique_violation OR internal_error THEN
        -- Somebody else was making it or granting it just now.
        tries := tries + 1;
        IF tries = 50 THEN RAISE; END IF;
        PERFORM pg_sleep(0.02 * random());
    END;
  END LOOP;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO gateway_tenant', current_schema());
END
$$;

-- The sub-select is evaluated once a statement, not once a row.

ALTER TABLE "Partner" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "Partner" TO gateway_tenant
  USING ("id" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "ServiceProviderAdmin" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "ServiceProviderAdmin" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "WholesaleSubscription" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "WholesaleSubscription" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "AccessRevocation" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "AccessRevocation" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "PartnerCredentials" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "PartnerCredentials" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "OnboardingTemplate" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "OnboardingTemplate" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "TemplateDraft" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "TemplateDraft" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "Customer" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "Customer" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "CustomerDraft" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "CustomerDraft" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "AttachConsent" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "AttachConsent" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "Location" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "Location" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "PhoneNumber" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "PhoneNumber" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "User" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "SetupDraft" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "SetupDraft" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "SetupAssistRequest" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "SetupAssistRequest" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "ProvisioningOperation" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "ProvisioningOperation" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "PlatformWatch" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "PlatformWatch" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "Reconciliation" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "Reconciliation" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "EventLog" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "EventLog" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "ProvisioningEvent" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "ProvisioningEvent" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

ALTER TABLE "IdempotencyRecord" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "IdempotencyRecord" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));

-- These name no partner: they are seen by whoever sees the row above them.

ALTER TABLE "CustomerPackage" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "CustomerPackage" TO gateway_tenant
  USING (EXISTS (SELECT FROM "Customer" WHERE "Customer"."id" = "CustomerPackage"."customerId"));

ALTER TABLE "SetupDraftUser" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "SetupDraftUser" TO gateway_tenant
  USING (EXISTS (SELECT FROM "SetupDraft" WHERE "SetupDraft"."id" = "SetupDraftUser"."draftId"));

ALTER TABLE "OperationStep" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "OperationStep" TO gateway_tenant
  USING (EXISTS (SELECT FROM "ProvisioningOperation" WHERE "ProvisioningOperation"."id" = "OperationStep"."operationId"));

ALTER TABLE "OperationItem" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "OperationItem" TO gateway_tenant
  USING (EXISTS (SELECT FROM "OperationStep" WHERE "OperationStep"."id" = "OperationItem"."stepId"));

-- What the API may do at all. AccessRevocation and PartnerCredentials are left out: they are for operators and for workers.
-- Locking the partner's row takes the right to update some column of it.
GRANT SELECT, UPDATE ("createdAt") ON "Partner" TO gateway_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  "ServiceProviderAdmin",
  "WholesaleSubscription",
  "OnboardingTemplate",
  "TemplateDraft",
  "Customer",
  "CustomerDraft",
  "AttachConsent",
  "Location",
  "PhoneNumber",
  "User",
  "SetupDraft",
  "SetupAssistRequest",
  "ProvisioningOperation",
  "PlatformWatch",
  "Reconciliation",
  "EventLog",
  "ProvisioningEvent",
  "IdempotencyRecord",
  "CustomerPackage",
  "SetupDraftUser",
  "OperationStep",
  "OperationItem"
TO gateway_tenant;
