/** Whether a reason is "override:<role> <why>" with a role of the hospital's list. The source vouches for the role. */
export function isOverridden(reason: string | null, roles: readonly string[]): boolean {
  const [, role] = /^override:([\w-]+)\s+\S/.exec(reason ?? '') ?? [];
  return role !== undefined && roles.includes(role);
}
