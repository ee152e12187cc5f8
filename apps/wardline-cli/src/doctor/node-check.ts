import { owners, well, wrong, type Finding } from './finding.js';

const oldestMajor = 24;

/** Whether this command runs on a Node.js that Wardline is made for. */
export function judgeNode(version: string): Finding {
  const major = Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
  if (major >= oldestMajor) return well('Node.js', version);
  const remedy = `run it through npx or npm, which bring Node ${oldestMajor}, or install that one`;
  return wrong('Node.js', `${version} is older than ${oldestMajor}`, owners.operator, remedy);
}
