// The steps that bring a customer into being, for a new organisation and for an attached one. Pure.

import type { PlannedStep } from '../operation/accept.ts';
import { includesCalling } from './package-rules.ts';
import type { PackageSelection } from './package-rules.ts';

interface Creation {
  readonly customerId: string;
  readonly isAttach: boolean;
  /** Null: nobody has to be asked. */
  readonly consentId: string | null;
  readonly packages: readonly PackageSelection[];
  readonly headquartersId: string | null;
}

export function creationPlan(creation: Creation): PlannedStep[] {
  const { customerId, isAttach, consentId, packages, headquartersId } = creation;
  const plan: PlannedStep[] = [];
  if (consentId !== null) plan.push({ kind: 'OBTAIN_CONSENT', items: [consentId] });
  plan.push({ kind: isAttach ? 'ATTACH_SUBSCRIPTION' : 'CREATE_ORGANIZATION', items: [customerId] });
  plan.push({ kind: 'PROVISION_PACKAGES', items: packages.map((selection) => selection.package) });
  // With a calling package the platform makes the headquarters itself.
  if (headquartersId !== null && !includesCalling(packages)) {
    plan.push({ kind: 'CREATE_LOCATIONS', items: [headquartersId] });
  }
  return plan;
}
