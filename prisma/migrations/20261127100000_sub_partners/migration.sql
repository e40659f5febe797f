-- CreateEnum
CREATE TYPE "SubPartnerState" AS ENUM ('ACTIVE', 'SUSPENDED');

-- CreateTable
CREATE TABLE "SubPartner" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "organizationId" TEXT NOT NULL,
    "subscriptionNumber" TEXT,
    "provisioningState" "SubPartnerState" NOT NULL,
    "setUpAt" TIMESTAMPTZ(3),
    "billingStartDate" TIMESTAMPTZ(3),
    "vanishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SubPartner_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "subPartnerId" UUID;

-- AlterTable
ALTER TABLE "CustomerDraft" ADD COLUMN     "subPartnerId" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "SubPartner_partnerId_organizationId_key" ON "SubPartner"("partnerId", "organizationId");

-- CreateIndex
CREATE INDEX "Customer_subPartnerId_idx" ON "Customer"("subPartnerId");

-- AddForeignKey
ALTER TABLE "SubPartner" ADD CONSTRAINT "SubPartner_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_subPartnerId_fkey" FOREIGN KEY ("subPartnerId") REFERENCES "SubPartner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerDraft" ADD CONSTRAINT "CustomerDraft_subPartnerId_fkey" FOREIGN KEY ("subPartnerId") REFERENCES "SubPartner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Each request of the API sees its own partner's only, and changes none: they come from the platform.
ALTER TABLE "SubPartner" ENABLE ROW LEVEL SECURITY;
CREATE POLICY partner ON "SubPartner" TO gateway_tenant
  USING ("partnerId" = (SELECT NULLIF(current_setting('gateway.partner_id', true), '')::uuid));
GRANT SELECT ON "SubPartner" TO gateway_tenant;
