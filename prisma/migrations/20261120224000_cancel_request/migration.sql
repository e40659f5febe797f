-- AlterTable
ALTER TABLE "ProvisioningOperation" ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3),
ADD COLUMN     "isInDoubt" BOOLEAN NOT NULL DEFAULT false;
