-- CreateTable
CREATE TABLE "AccessRevocation" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "subject" TEXT,
    "tokenId" TEXT,
    "issuedBefore" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AccessRevocation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AccessRevocation_expiresAt_idx" ON "AccessRevocation"("expiresAt");

-- AddForeignKey
ALTER TABLE "AccessRevocation" ADD CONSTRAINT "AccessRevocation_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;
