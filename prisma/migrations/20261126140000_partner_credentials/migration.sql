-- CreateTable
CREATE TABLE "PartnerCredentials" (
    "partnerId" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PartnerCredentials_pkey" PRIMARY KEY ("partnerId")
);

-- AddForeignKey
ALTER TABLE "PartnerCredentials" ADD CONSTRAINT "PartnerCredentials_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;
