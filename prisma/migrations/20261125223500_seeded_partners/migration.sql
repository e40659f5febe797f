-- AlterTable
ALTER TABLE "Partner" ADD COLUMN     "seededAt" TIMESTAMPTZ(3);

-- Whoever has a template is not filled with demonstration data any more.
UPDATE "Partner" SET "seededAt" = now()
WHERE EXISTS (SELECT 1 FROM "OnboardingTemplate" template WHERE template."partnerId" = "Partner"."id");
