-- CreateEnum
CREATE TYPE "WatchedThing" AS ENUM ('CUSTOMER', 'USERS');

-- CreateEnum
CREATE TYPE "WatchPace" AS ENUM ('PLATFORM', 'PEOPLE');

-- CreateTable
CREATE TABLE "PlatformWatch" (
    "operationId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "thing" "WatchedThing" NOT NULL,
    "customerPlatformId" TEXT NOT NULL,
    "pace" "WatchPace" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen" TEXT,
    "looks" INTEGER NOT NULL DEFAULT 0,
    "lookedAt" TIMESTAMPTZ(3),
    "nextLookAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PlatformWatch_pkey" PRIMARY KEY ("operationId")
);

-- CreateIndex
CREATE INDEX "PlatformWatch_nextLookAt_idx" ON "PlatformWatch"("nextLookAt");

-- CreateIndex
CREATE INDEX "PlatformWatch_partnerId_thing_idx" ON "PlatformWatch"("partnerId", "thing");

-- AddForeignKey
ALTER TABLE "PlatformWatch" ADD CONSTRAINT "PlatformWatch_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlatformWatch" ADD CONSTRAINT "PlatformWatch_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "ProvisioningOperation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
