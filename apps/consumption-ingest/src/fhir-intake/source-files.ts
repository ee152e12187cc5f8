import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFhirSource, type FhirSource, type ReadSource } from '@wardline/fhir';

/**
 * The mappings of a folder, one JSON file for each source. Throws one error that names every file that is wrong and what is
 * wrong in it, and two files of one name.
 */
export function fhirSources(folder: string): FhirSource[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const problems: string[] = files.length === 0 ? ['there is no .json file in it'] : [];
  const sources = new Map<string, FhirSource>();
  for (const file of files) {
    const read = readOne(join(folder, file));
    if (!read.ok) problems.push(...read.problems.map((problem) => `${file}: ${problem}`));
    else if (sources.has(read.source.name)) problems.push(`${file}: another file is of source ${read.source.name} too`);
    else sources.set(read.source.name, read.source);
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
  return [...sources.values()];
}

function readOne(path: string): ReadSource {
  try {
    return readFhirSource(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return { ok: false, problems: [(error as Error).message] };
  }
}
