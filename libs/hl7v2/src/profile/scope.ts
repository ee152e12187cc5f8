import type { Hl7Message, Segment } from '../message/message.js';
import { parsePath, type Value, valueIn } from '../message/path.js';

/** A segment, which of its name it is in the whole message, and the values that were already read from it. */
export interface Located {
  readonly segment: Segment;
  readonly occurrence: number;
  readonly values: Map<string, { readonly value: Value; readonly repetitions: number }>;
}

/**
 * Segments that belong together, found by name and, for OBX, by the identifier in OBX-3.1. Indexed once: a message of many
 * items that all look into the same head must not take time in proportion to the product of the two.
 */
export class Layer {
  private readonly named = new Map<string, Located[]>();
  private identified: Map<string, Located> | undefined;

  add(located: Located): void {
    const { name } = located.segment;
    const others = this.named.get(name);
    if (others === undefined) this.named.set(name, [located]);
    else others.push(located);
  }

  /** The segments of a name. */
  of(name: string): readonly Located[] {
    return this.named.get(name) ?? [];
  }

  /** The first OBX with an identifier. */
  observation(identifier: string, message: Hl7Message): Located | undefined {
    this.identified ??= new Map(
      this.of('OBX')
        .map((located): [string, Located] => [observationName(located, message), located])
        .reverse(),
    );
    return this.identified.get(identifier);
  }
}

/**
 * One item of a message: the segments that are about it, nearest first. A path is looked up in the nearest layer that has
 * such a segment: the item itself, then what its group says of all its items (ORC, RXO), then the head of the message.
 */
export interface ItemScope {
  readonly name: string;
  readonly layers: readonly Layer[];
}

/** The whole message as one scope. */
export function wholeMessage(message: Hl7Message): ItemScope {
  const layer = new Layer();
  for (const located of locate(message)) layer.add(located);
  return { name: 'message', layers: [layer] };
}

/**
 * Cuts a message into its items: each begins with the segment `each` and holds all up to the next one; a segment `opens`
 * begins a group. Groups as in HL7's message structures, e.g. DFT_P03 FINANCIAL (FT1 [NTE] {PR1} {[ORC][OBR]{OBX}}),
 * RAS_O17 ORDER (ORC ... {RXA RXR {OBX}}), by hl7-dictionary 2.5.1 and HAPI's v231 to v28.
 */
export function itemsOf(message: Hl7Message, each: string, opens: string | undefined): ItemScope[] {
  const head = new Layer();
  const items: ItemScope[] = [];
  let group = new Layer();
  let open = head;
  for (const located of locate(message)) {
    const { name } = located.segment;
    if (name === each) {
      open = new Layer();
      items.push({ name: nameOf(located), layers: [open, group, head] });
    } else if (name === opens) {
      group = new Layer();
      open = group;
    }
    open.add(located);
  }
  return items;
}

/** The `number`th segment of a name in the nearest layer that has one. */
export function segmentIn(scope: ItemScope, name: string, number: number): Located | undefined {
  for (const layer of scope.layers) {
    const named = layer.of(name);
    if (named.length > 0) return named[number - 1];
  }
  return undefined;
}

/** A segment as a person would point at it: `FT1[2]`. */
export function nameOf({ segment, occurrence }: Located): string {
  return `${segment.name}[${occurrence}]`;
}

function locate(message: Hl7Message): Located[] {
  const seen = new Map<string, number>();
  return message.segments.map((segment) => {
    const occurrence = (seen.get(segment.name) ?? 0) + 1;
    seen.set(segment.name, occurrence);
    return { segment, occurrence, values: new Map() };
  });
}

const observationIdentifier = parsePath('OBX-3.1');

function observationName({ segment }: Located, message: Hl7Message): string {
  const value = observationIdentifier && valueIn(segment, observationIdentifier, message);
  return value?.state === 'value' ? value.text : '';
}
