import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFeed, type FileFeed } from './feed.js';

/**
 * The feeds of a folder, one JSON file each. Throws one error that names every file that is wrong and what is wrong in
 * it, and two feeds of one name.
 */
export function fileFeeds(folder: string): FileFeed[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const problems: string[] = names.length === 0 ? ['there is no .json file in it'] : [];
  const feeds: FileFeed[] = [];
  for (const name of names) {
    const read = readOne(join(folder, name));
    if (!read.ok) problems.push(...read.problems.map((problem) => `${name}: ${problem}`));
    else if (feeds.some((feed) => feed.name === read.feed.name))
      problems.push(`${name}: another file has feed ${read.feed.name}`);
    else feeds.push(read.feed);
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
  return feeds;
}

function readOne(path: string): ReturnType<typeof readFeed> {
  try {
    return readFeed(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return { ok: false, problems: [(error as Error).message] };
  }
}
