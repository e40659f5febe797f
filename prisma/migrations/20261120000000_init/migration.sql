-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "DataRegion" AS ENUM ('US', 'EU', 'CANADA', 'UK', 'JAPAN', 'AUSTRALIA', 'SINGAPORE', 'SAUDI_ARABIA', 'UAE');

-- CreateEnum
CREATE TYPE "TemplateOffer" AS ENUM ('WEBEX_FOR_WHOLESALE');

-- CreateEnum
CREATE TYPE "TemplateStatus" AS ENUM ('ACTIVE', 'AWAITING_PROVISIONING_ID', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "AuthenticationMethod" AS ENUM ('WEBEX', 'PARTNER_SAML', 'PARTNER_OIDC');

-- CreateEnum
CREATE TYPE "WizardStep" AS ENUM ('PRIMARY_SETTINGS', 'AUTHENTICATION', 'CALLING', 'COMMON_SETTINGS', 'ORGANIZATION', 'INFORMATION', 'PACKAGES', 'HEADQUARTERS', 'LOCATIONS', 'USERS', 'PHONE_NUMBERS', 'REVIEW');

-- CreateEnum
CREATE TYPE "StoredDraftStatus" AS ENUM ('OPEN', 'SUBMITTED', 'DISCARDED');

-- CreateEnum
CREATE TYPE "PackageCode" AS ENUM ('COMMON_AREA_CALLING', 'WEBEX_CALLING', 'WEBEX_CALLING_STANDARD', 'WEBEX_VOICE', 'WEBEX_SUITE', 'WEBEX_MEETINGS', 'CX_ESSENTIALS', 'ATTENDANT_CONSOLE', 'CISCO_CALLING_PLAN', 'CX_PREMIUM_AGENT', 'CX_STANDARD_AGENT', 'CX_VOICE_PORTS', 'CX_AI_ASSISTANT', 'WEBEX_AI_AGENT');

-- CreateEnum
CREATE TYPE "CustomerOrigin" AS ENUM ('NEW', 'ATTACHED');

-- CreateEnum
CREATE TYPE "CustomerStatus" AS ENUM ('AWAITING_CONSENT', 'PROVISIONING', 'PENDING_COMPLIANCE_REVIEW', 'PROVISIONED', 'PROVISIONED_WITH_ERRORS', 'UPDATING', 'DELETING', 'DELETED', 'ERROR');

-- CreateEnum
CREATE TYPE "PackageStatus" AS ENUM ('PROVISIONING', 'PROVISIONED', 'DELETING', 'ERROR');

-- CreateEnum
CREATE TYPE "PartnerAccess" AS ENUM ('FULL_ADMIN', 'PROVISIONING_ADMIN');

-- CreateEnum
CREATE TYPE "BrandingSource" AS ENUM ('PARTNER_ADVANCED', 'CUSTOMER_BASIC', 'PLATFORM_DEFAULT');

-- CreateEnum
CREATE TYPE "ConsentStatus" AS ENUM ('PENDING', 'APPROVED', 'DECLINED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "ConsentReason" AS ENUM ('HUNDRED_OR_MORE_USERS', 'VERIFIED_DOMAIN', 'CLAIMED_DOMAIN');

-- CreateEnum
CREATE TYPE "LocationKind" AS ENUM ('HEADQUARTERS', 'BRANCH');

-- CreateEnum
CREATE TYPE "LocationStatus" AS ENUM ('PENDING', 'PROVISIONING', 'PROVISIONED', 'ERROR');

-- CreateEnum
CREATE TYPE "PhoneNumberStatus" AS ENUM ('PENDING', 'PROVISIONED', 'ERROR');

-- CreateEnum
CREATE TYPE "UserStatus" AS ENUM ('PENDING', 'PROVISIONING', 'AWAITING_USER_CONSENT', 'PROVISIONED', 'UPDATING', 'DELETING', 'ERROR');

-- CreateEnum
CREATE TYPE "OrganizationRole" AS ENUM ('FULL_ADMIN', 'READ_ONLY_ADMIN', 'SUPPORT_ADMIN', 'USER_AND_DEVICE_ADMIN', 'DEVICE_ADMIN', 'COMPLIANCE_OFFICER', 'LOCATION_ADMIN', 'ADVANCED_TROUBLESHOOTING');

-- CreateEnum
CREATE TYPE "SetupAssistSku" AS ENUM ('EXPRESS', 'STANDARD');

-- CreateEnum
CREATE TYPE "OperationKind" AS ENUM ('CREATE_CUSTOMER', 'ATTACH_CUSTOMER', 'UPDATE_CUSTOMER', 'DETACH_CUSTOMER', 'SET_UP_CUSTOMER', 'CREATE_USER', 'UPDATE_USER', 'REMOVE_USER', 'CREATE_LOCATION', 'ADD_PHONE_NUMBERS', 'ASSIGN_ROLES');

-- CreateEnum
CREATE TYPE "OperationStatus" AS ENUM ('ACCEPTED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "NextAction" AS ENUM ('WAIT', 'OBTAIN_ADMIN_CONSENT', 'OBTAIN_USER_CONSENT', 'AWAIT_COMPLIANCE_REVIEW', 'CORRECT_AND_RETRY', 'RETRY_LATER', 'NONE');

-- CreateEnum
CREATE TYPE "OperationStepKind" AS ENUM ('OBTAIN_CONSENT', 'CREATE_ORGANIZATION', 'ATTACH_SUBSCRIPTION', 'PROVISION_PACKAGES', 'CREATE_LOCATIONS', 'ADD_PHONE_NUMBERS', 'CREATE_USERS', 'ASSIGN_PHONE_NUMBERS', 'ASSIGN_ROLES', 'UPDATE_PACKAGES', 'REMOVE_USERS', 'DETACH_SUBSCRIPTION');

-- CreateEnum
CREATE TYPE "OperationStepStatus" AS ENUM ('PENDING', 'RUNNING', 'WAITING', 'SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "OperationItemStatus" AS ENUM ('PENDING', 'WAITING', 'DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "ProvisioningEventType" AS ENUM ('OPERATION_ACCEPTED', 'OPERATION_STARTED', 'OPERATION_WAITING', 'OPERATION_FINISHED', 'OPERATION_CANCELLED', 'STEP_STARTED', 'STEP_PROGRESSED', 'STEP_FINISHED', 'STEP_RETRYING', 'CUSTOMER_STATUS_CHANGED', 'PACKAGE_STATUS_CHANGED', 'LOCATION_STATUS_CHANGED', 'USER_STATUS_CHANGED', 'CONSENT_STATUS_CHANGED', 'TEMPLATE_SUBMITTED', 'TEMPLATE_UPDATED');

-- CreateEnum
CREATE TYPE "EventSubject" AS ENUM ('OnboardingTemplate', 'Customer', 'Location', 'User', 'AttachConsent');

-- CreateTable
CREATE TABLE "Partner" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "dataRegion" "DataRegion" NOT NULL,
    "cursorKey" UUID NOT NULL,
    "suspendedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServiceProviderAdmin" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "ServiceProviderAdmin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WholesaleSubscription" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "number" TEXT NOT NULL,

    CONSTRAINT "WholesaleSubscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OnboardingTemplate" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "offer" "TemplateOffer" NOT NULL DEFAULT 'WEBEX_FOR_WHOLESALE',
    "status" "TemplateStatus" NOT NULL DEFAULT 'AWAITING_PROVISIONING_ID',
    "countryCode" TEXT NOT NULL,
    "serviceProviderAdminId" UUID NOT NULL,
    "wholesaleSubscriptionId" UUID NOT NULL,
    "authenticationMethod" "AuthenticationMethod" NOT NULL DEFAULT 'WEBEX',
    "samlIdpEntityId" TEXT,
    "oidcIdpName" TEXT,
    "pstnProviderId" TEXT,
    "restrictAdminInviteEmails" BOOLEAN NOT NULL DEFAULT false,
    "brandName" TEXT,
    "disableCallOnWebex" BOOLEAN NOT NULL DEFAULT false,
    "provisioningId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OnboardingTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TemplateDraft" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "StoredDraftStatus" NOT NULL DEFAULT 'OPEN',
    "currentStep" "WizardStep" NOT NULL DEFAULT 'PRIMARY_SETTINGS',
    "savedSteps" "WizardStep"[],
    "steps" JSONB NOT NULL,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "offer" "TemplateOffer" NOT NULL DEFAULT 'WEBEX_FOR_WHOLESALE',
    "name" TEXT,
    "countryCode" TEXT,
    "serviceProviderAdminId" UUID,
    "wholesaleSubscriptionId" UUID,
    "authenticationMethod" "AuthenticationMethod",
    "samlIdpEntityId" TEXT,
    "oidcIdpName" TEXT,
    "pstnProviderId" TEXT,
    "restrictAdminInviteEmails" BOOLEAN NOT NULL DEFAULT false,
    "brandName" TEXT,
    "disableCallOnWebex" BOOLEAN NOT NULL DEFAULT false,
    "editsTemplateId" UUID,
    "templateId" UUID,

    CONSTRAINT "TemplateDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "companyName" TEXT NOT NULL,
    "adminEmail" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "language" TEXT,
    "origin" "CustomerOrigin" NOT NULL DEFAULT 'NEW',
    "status" "CustomerStatus" NOT NULL DEFAULT 'PROVISIONING',
    "templateId" UUID,
    "billingAddressLine1" TEXT NOT NULL,
    "billingAddressLine2" TEXT,
    "billingCity" TEXT NOT NULL,
    "billingStateOrProvince" TEXT,
    "billingZipOrPostalCode" TEXT,
    "billingCountryCode" TEXT NOT NULL,
    "platformId" TEXT,
    "organizationId" TEXT,
    "dataRegion" "DataRegion" NOT NULL,
    "meetingsTimeZone" TEXT,
    "partnerAccess" "PartnerAccess",
    "isPartnerOwnOrganization" BOOLEAN NOT NULL DEFAULT false,
    "restrictedByPartnerMode" BOOLEAN NOT NULL DEFAULT true,
    "keepsOwnAuthentication" BOOLEAN NOT NULL DEFAULT false,
    "brandingSource" "BrandingSource" NOT NULL DEFAULT 'PLATFORM_DEFAULT',
    "errors" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CustomerPackage" (
    "customerId" UUID NOT NULL,
    "code" "PackageCode" NOT NULL,
    "status" "PackageStatus" NOT NULL DEFAULT 'PROVISIONING',
    "limit" INTEGER,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "warnings" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "CustomerPackage_pkey" PRIMARY KEY ("customerId","code")
);

-- CreateTable
CREATE TABLE "CustomerDraft" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "StoredDraftStatus" NOT NULL DEFAULT 'OPEN',
    "currentStep" "WizardStep" NOT NULL DEFAULT 'ORGANIZATION',
    "savedSteps" "WizardStep"[],
    "steps" JSONB NOT NULL,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "adminEmail" TEXT NOT NULL,
    "organizationCandidates" JSONB NOT NULL DEFAULT '[]',
    "organizationId" TEXT,
    "companyName" TEXT,
    "externalId" TEXT,
    "language" TEXT,
    "templateId" UUID,
    "packages" JSONB NOT NULL DEFAULT '[]',
    "headquarters" JSONB,
    "billingAddress" JSONB,
    "supportedLocationConfirmed" BOOLEAN NOT NULL DEFAULT false,
    "customerId" UUID,
    "operationId" UUID,

    CONSTRAINT "CustomerDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AttachConsent" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "operationId" UUID NOT NULL,
    "status" "ConsentStatus" NOT NULL DEFAULT 'PENDING',
    "reasons" "ConsentReason"[],
    "sentTo" TEXT[],
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AttachConsent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Location" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "kind" "LocationKind" NOT NULL,
    "status" "LocationStatus" NOT NULL DEFAULT 'PENDING',
    "name" TEXT NOT NULL,
    "addressLine1" TEXT NOT NULL,
    "addressLine2" TEXT,
    "city" TEXT NOT NULL,
    "stateOrProvince" TEXT,
    "zipOrPostalCode" TEXT,
    "countryCode" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "announcementLanguage" TEXT,
    "emergencyLocationIdentifier" TEXT,
    "platformId" TEXT,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneNumber" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "locationId" UUID NOT NULL,
    "userId" UUID,
    "number" TEXT NOT NULL,
    "status" "PhoneNumberStatus" NOT NULL DEFAULT 'PENDING',
    "isMain" BOOLEAN NOT NULL DEFAULT false,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PhoneNumber_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "locationId" UUID,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "package" "PackageCode" NOT NULL,
    "extension" TEXT,
    "status" "UserStatus" NOT NULL DEFAULT 'PENDING',
    "isCustomerAdmin" BOOLEAN NOT NULL DEFAULT false,
    "roles" "OrganizationRole"[],
    "platformId" TEXT,
    "personId" TEXT,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastStatusChangeAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SetupDraft" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "StoredDraftStatus" NOT NULL DEFAULT 'OPEN',
    "currentStep" "WizardStep" NOT NULL DEFAULT 'LOCATIONS',
    "savedSteps" "WizardStep"[],
    "steps" JSONB NOT NULL,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "customerId" UUID NOT NULL,
    "locations" JSONB NOT NULL DEFAULT '[]',
    "operationId" UUID,

    CONSTRAINT "SetupDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SetupDraftUser" (
    "draftId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "package" "PackageCode" NOT NULL,
    "locationName" TEXT NOT NULL,
    "phoneNumber" TEXT,
    "extension" TEXT,

    CONSTRAINT "SetupDraftUser_pkey" PRIMARY KEY ("draftId","position")
);

-- CreateTable
CREATE TABLE "SetupAssistRequest" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "locationId" UUID NOT NULL,
    "sku" "SetupAssistSku" NOT NULL,
    "contactEmail" TEXT NOT NULL,
    "notes" TEXT,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SetupAssistRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProvisioningOperation" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "customerId" UUID,
    "kind" "OperationKind" NOT NULL,
    "status" "OperationStatus" NOT NULL DEFAULT 'ACCEPTED',
    "nextAction" "NextAction" NOT NULL DEFAULT 'WAIT',
    "input" JSONB NOT NULL DEFAULT '{}',
    "correlationId" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 0,
    "leaseToken" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ProvisioningOperation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationStep" (
    "id" UUID NOT NULL,
    "operationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "OperationStepKind" NOT NULL,
    "status" "OperationStepStatus" NOT NULL DEFAULT 'PENDING',
    "totalItems" INTEGER NOT NULL,
    "completedItems" INTEGER NOT NULL DEFAULT 0,
    "failedItems" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "errors" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "OperationStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationItem" (
    "stepId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "subjectKey" TEXT NOT NULL,
    "status" "OperationItemStatus" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,

    CONSTRAINT "OperationItem_pkey" PRIMARY KEY ("stepId","position")
);

-- CreateTable
CREATE TABLE "EventLog" (
    "partnerId" UUID NOT NULL,
    "head" BIGINT NOT NULL DEFAULT 0,
    "removed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "EventLog_pkey" PRIMARY KEY ("partnerId")
);

-- CreateTable
CREATE TABLE "ProvisioningEvent" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "type" "ProvisioningEventType" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "message" TEXT NOT NULL,
    "fromStatus" TEXT,
    "toStatus" TEXT,
    "customerId" UUID,
    "customerVersion" INTEGER,
    "operationId" UUID,
    "subjectType" "EventSubject",
    "subjectId" UUID,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "correlationId" TEXT,

    CONSTRAINT "ProvisioningEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "partnerId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "inputHash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("partnerId","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Partner_slug_key" ON "Partner"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceProviderAdmin_partnerId_email_key" ON "ServiceProviderAdmin"("partnerId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "WholesaleSubscription_partnerId_number_key" ON "WholesaleSubscription"("partnerId", "number");

-- CreateIndex
CREATE INDEX "OnboardingTemplate_partnerId_createdAt_id_idx" ON "OnboardingTemplate"("partnerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OnboardingTemplate_partnerId_provisioningId_key" ON "OnboardingTemplate"("partnerId", "provisioningId");

-- CreateIndex
CREATE INDEX "TemplateDraft_partnerId_status_updatedAt_idx" ON "TemplateDraft"("partnerId", "status", "updatedAt");

-- CreateIndex
CREATE INDEX "Customer_partnerId_createdAt_id_idx" ON "Customer"("partnerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Customer_partnerId_companyName_id_idx" ON "Customer"("partnerId", "companyName", "id");

-- CreateIndex
CREATE INDEX "Customer_partnerId_updatedAt_id_idx" ON "Customer"("partnerId", "updatedAt", "id");

-- CreateIndex
CREATE INDEX "Customer_templateId_createdAt_id_idx" ON "Customer"("templateId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_partnerId_externalId_key" ON "Customer"("partnerId", "externalId") WHERE (status <> 'DELETED');

-- CreateIndex
CREATE INDEX "CustomerDraft_partnerId_status_updatedAt_idx" ON "CustomerDraft"("partnerId", "status", "updatedAt");

-- CreateIndex
CREATE INDEX "AttachConsent_customerId_requestedAt_idx" ON "AttachConsent"("customerId", "requestedAt");

-- CreateIndex
CREATE INDEX "Location_customerId_createdAt_id_idx" ON "Location"("customerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Location_customerId_name_key" ON "Location"("customerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneNumber_userId_key" ON "PhoneNumber"("userId");

-- CreateIndex
CREATE INDEX "PhoneNumber_locationId_createdAt_id_idx" ON "PhoneNumber"("locationId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneNumber_partnerId_number_key" ON "PhoneNumber"("partnerId", "number");

-- CreateIndex
CREATE INDEX "User_customerId_createdAt_id_idx" ON "User"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "User_customerId_package_idx" ON "User"("customerId", "package");

-- CreateIndex
CREATE INDEX "User_locationId_idx" ON "User"("locationId");

-- CreateIndex
CREATE UNIQUE INDEX "User_customerId_email_key" ON "User"("customerId", "email");

-- CreateIndex
CREATE INDEX "SetupDraft_partnerId_status_updatedAt_idx" ON "SetupDraft"("partnerId", "status", "updatedAt");

-- CreateIndex
CREATE INDEX "SetupAssistRequest_customerId_idx" ON "SetupAssistRequest"("customerId");

-- CreateIndex
CREATE INDEX "ProvisioningOperation_partnerId_acceptedAt_id_idx" ON "ProvisioningOperation"("partnerId", "acceptedAt", "id");

-- CreateIndex
CREATE INDEX "ProvisioningOperation_customerId_acceptedAt_id_idx" ON "ProvisioningOperation"("customerId", "acceptedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OperationStep_operationId_position_key" ON "OperationStep"("operationId", "position");

-- CreateIndex
CREATE INDEX "OperationItem_stepId_status_position_idx" ON "OperationItem"("stepId", "status", "position");

-- CreateIndex
CREATE INDEX "ProvisioningEvent_customerId_position_idx" ON "ProvisioningEvent"("customerId", "position");

-- CreateIndex
CREATE INDEX "ProvisioningEvent_operationId_position_idx" ON "ProvisioningEvent"("operationId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "ProvisioningEvent_partnerId_position_key" ON "ProvisioningEvent"("partnerId", "position");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_createdAt_idx" ON "IdempotencyRecord"("createdAt");

-- AddForeignKey
ALTER TABLE "ServiceProviderAdmin" ADD CONSTRAINT "ServiceProviderAdmin_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WholesaleSubscription" ADD CONSTRAINT "WholesaleSubscription_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnboardingTemplate" ADD CONSTRAINT "OnboardingTemplate_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnboardingTemplate" ADD CONSTRAINT "OnboardingTemplate_serviceProviderAdminId_fkey" FOREIGN KEY ("serviceProviderAdminId") REFERENCES "ServiceProviderAdmin"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnboardingTemplate" ADD CONSTRAINT "OnboardingTemplate_wholesaleSubscriptionId_fkey" FOREIGN KEY ("wholesaleSubscriptionId") REFERENCES "WholesaleSubscription"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateDraft" ADD CONSTRAINT "TemplateDraft_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateDraft" ADD CONSTRAINT "TemplateDraft_serviceProviderAdminId_fkey" FOREIGN KEY ("serviceProviderAdminId") REFERENCES "ServiceProviderAdmin"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateDraft" ADD CONSTRAINT "TemplateDraft_wholesaleSubscriptionId_fkey" FOREIGN KEY ("wholesaleSubscriptionId") REFERENCES "WholesaleSubscription"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateDraft" ADD CONSTRAINT "TemplateDraft_editsTemplateId_fkey" FOREIGN KEY ("editsTemplateId") REFERENCES "OnboardingTemplate"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateDraft" ADD CONSTRAINT "TemplateDraft_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "OnboardingTemplate"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "OnboardingTemplate"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerPackage" ADD CONSTRAINT "CustomerPackage_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerDraft" ADD CONSTRAINT "CustomerDraft_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerDraft" ADD CONSTRAINT "CustomerDraft_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "OnboardingTemplate"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerDraft" ADD CONSTRAINT "CustomerDraft_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerDraft" ADD CONSTRAINT "CustomerDraft_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "ProvisioningOperation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AttachConsent" ADD CONSTRAINT "AttachConsent_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AttachConsent" ADD CONSTRAINT "AttachConsent_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "ProvisioningOperation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Location" ADD CONSTRAINT "Location_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneNumber" ADD CONSTRAINT "PhoneNumber_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneNumber" ADD CONSTRAINT "PhoneNumber_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneNumber" ADD CONSTRAINT "PhoneNumber_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetupDraft" ADD CONSTRAINT "SetupDraft_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetupDraft" ADD CONSTRAINT "SetupDraft_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetupDraft" ADD CONSTRAINT "SetupDraft_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "ProvisioningOperation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetupDraftUser" ADD CONSTRAINT "SetupDraftUser_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "SetupDraft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetupAssistRequest" ADD CONSTRAINT "SetupAssistRequest_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetupAssistRequest" ADD CONSTRAINT "SetupAssistRequest_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningOperation" ADD CONSTRAINT "ProvisioningOperation_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningOperation" ADD CONSTRAINT "ProvisioningOperation_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationStep" ADD CONSTRAINT "OperationStep_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "ProvisioningOperation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationItem" ADD CONSTRAINT "OperationItem_stepId_fkey" FOREIGN KEY ("stepId") REFERENCES "OperationStep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventLog" ADD CONSTRAINT "EventLog_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningEvent" ADD CONSTRAINT "ProvisioningEvent_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningEvent" ADD CONSTRAINT "ProvisioningEvent_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningEvent" ADD CONSTRAINT "ProvisioningEvent_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "ProvisioningOperation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IdempotencyRecord" ADD CONSTRAINT "IdempotencyRecord_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;


