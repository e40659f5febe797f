-- AlterEnum
ALTER TYPE "OperationStepKind" ADD VALUE 'UPDATE_USERS';
