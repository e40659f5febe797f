-- AlterTable
ALTER TABLE "OperationItem" ADD COLUMN     "isAsked" BOOLEAN NOT NULL DEFAULT false;

-- Whether what was tried so far got as far as asking is not known: it may have.
UPDATE "OperationItem" SET "isAsked" = true WHERE "attempts" > 0;
