import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProfile, type SenderProfile } from '@wardline/hl7v2';

/**
 * The sender profiles of a folder, one JSON file each. Throws one error that names every file that is wrong and what is
 * wrong in it, and two files for one sender.
 */
export function senderProfiles(folder: string): SenderProfile[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const profiles: SenderProfile[] = [];
  const problems: string[] = files.length === 0 ? ['there is no .json file in it'] : [];
  for (const file of files) {
    const read = readOne(join(folder, file));
    if (!read.ok) problems.push(...read.problems.map((problem) => `${file}: ${problem}`));
    else {
      const { application, facility } = read.profile.sender;
      const other = profiles.find(
        ({ name, sender }) =>
          name === read.profile.name || (sender.application === application && sender.facility === facility),
      );
      if (other !== undefined) problems.push(`${file}: has the name or the sender of profile ${other.name}`);
      profiles.push(read.profile);
    }
  }
  problems.push(...wardsByNobody(profiles));
  if (problems.length > 0) throw new Error(problems.join('; '));
  return profiles;
}

/** Profiles that ask another one for the ward of an encounter that tells of none. */
function wardsByNobody(profiles: readonly SenderProfile[]): string[] {
  const telling = profiles.filter(({ messages }) => messages.some(({ does }) => does === 'movement'));
  return profiles.flatMap(({ name, messages }) =>
    messages.flatMap((rule) => {
      const asked = rule.does === 'consumption' ? rule.location.fromEncounter : undefined;
      if (asked === undefined || telling.some((one) => one.name === asked)) return [];
      return [`${name}: location.fromEncounter names ${asked}, and no profile of that name takes movements (ADT)`];
    }),
  );
}

function readOne(path: string): ReturnType<typeof readProfile> {
  try {
    return readProfile(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return { ok: false, problems: [(error as Error).message] };
  }
}
