// How much data the read benchmark seeds, and how long it measures.

export interface Sizes {
  readonly partners: number;
  readonly templatesPerPartner: number;
  readonly customers: number;
  readonly locationsPerCustomer: number;
  /** Of all but every hundredth customer, which has `usersOfLarge`. */
  readonly usersPerCustomer: number;
  readonly usersOfLarge: number;
  readonly eventsPerCustomer: number;
  readonly slices: number;
  readonly sliceSeconds: number;
}

export type SizeName = 'quick' | 'full';

export const sizes: Record<SizeName, Sizes> = {
  quick: {
    partners: 2,
    templatesPerPartner: 10,
    customers: 2_000,
    locationsPerCustomer: 3,
    usersPerCustomer: 15,
    usersOfLarge: 500,
    eventsPerCustomer: 6,
    slices: 3,
    sliceSeconds: 1.5,
  },
  full: {
    partners: 20,
    templatesPerPartner: 10,
    customers: 20_000,
    locationsPerCustomer: 3,
    usersPerCustomer: 15,
    usersOfLarge: 500,
    eventsPerCustomer: 6,
    slices: 10,
    sliceSeconds: 2.5,
  },
};
