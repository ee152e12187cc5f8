import type { Tree } from '@nx/devkit';

/** Names a topic on the canvas of a service, in the one line that a contract test holds to the catalogue. */
export function addToCanvas(tree: Tree, service: string, heading: 'Consumes' | 'Publishes', topic: string): void {
  const path = `apps/${service}/README.md`;
  const canvas = tree.read(path, 'utf8');
  const line = canvas?.split('\n').find((candidate) => candidate.startsWith(`${heading}: `));
  if (canvas === null || line === undefined) {
    throw new Error(`${path} needs a line that begins with "${heading}: ": it is the service's canvas`);
  }
  if (line.includes(`\`${topic}\``)) return;
  const extended = line.includes('`') ? `${line}, \`${topic}\`` : `${heading}: \`${topic}\``;
  tree.write(path, canvas.replace(line, extended));
}
