// What ends with a customer's wholesale services: its packages, users and phone numbers. The numbers are free again for
// another customer. The customer's own row and its locations stay, as what it once was.

import type { Transaction } from '../../database/transaction.ts';

export async function forgetServices(transaction: Transaction, customerId: string): Promise<void> {
  await transaction.phoneNumber.deleteMany({ where: { customerId } });
  await transaction.user.deleteMany({ where: { customerId } });
  await transaction.customerPackage.deleteMany({ where: { customerId } });
}
