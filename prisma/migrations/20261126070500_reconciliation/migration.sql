-- AlterEnum
ALTER TYPE "OperationKind" ADD VALUE 'IMPORT_CUSTOMERS';

-- AlterEnum
ALTER TYPE "OperationStepKind" ADD VALUE 'LIST_CUSTOMERS';
ALTER TYPE "OperationStepKind" ADD VALUE 'IMPORT_CUSTOMERS';

-- AlterEnum
ALTER TYPE "ProvisioningEventType" ADD VALUE 'FOUND_ON_PLATFORM';
ALTER TYPE "ProvisioningEventType" ADD VALUE 'CHANGED_ELSEWHERE';
ALTER TYPE "ProvisioningEventType" ADD VALUE 'VANISHED';
ALTER TYPE "ProvisioningEventType" ADD VALUE 'REAPPEARED';

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "platformSight" TEXT,
ADD COLUMN     "vanishedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Location" ADD COLUMN     "vanishedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "OperationItem" ADD COLUMN     "nextPage" TEXT;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "vanishedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Reconciliation" (
    "partnerId" UUID NOT NULL,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reconciliation_pkey" PRIMARY KEY ("partnerId")
);

-- CreateIndex
CREATE INDEX "Customer_partnerId_platformId_idx" ON "Customer"("partnerId", "platformId");

-- CreateIndex
CREATE INDEX "Reconciliation_nextAt_idx" ON "Reconciliation"("nextAt");

-- AddForeignKey
ALTER TABLE "Reconciliation" ADD CONSTRAINT "Reconciliation_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;
