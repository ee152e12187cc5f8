import type { Contracts } from './contract-files.ts';

export function lintContracts(contracts: Contracts): string[] {
  return contracts.schemas.length === 0 ? ['no schema found'] : [];
}
