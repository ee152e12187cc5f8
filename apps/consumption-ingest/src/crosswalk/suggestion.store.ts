import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { CrosswalkKind } from './crosswalk.js';

/** A code of ours that a code of the outside world may mean. */
export interface Suggestion {
  readonly target: string;
  readonly name: string;
  /** 0 to 1: how alike code and words are, by their groups of three characters. */
  readonly similarity: number;
}

const tables: Readonly<Record<CrosswalkKind, string>> = {
  NDC: 'SELECT product_code AS code, name FROM product WHERE active',
  ITEM: 'SELECT product_code AS code, name FROM product WHERE active',
  GLN: `SELECT location_code AS code, name FROM location WHERE active AND usage = 'internal'`,
  LOCATION: `SELECT location_code AS code, name FROM location WHERE active AND usage = 'internal'`,
  UNIT: 'SELECT unit AS code, unit AS name FROM unit WHERE active',
};

/** Least similarity at which a suggestion is of use. */
const least = 0.2;

/** Looks for codes of ours by similarity (trigrams, pg_trgm). */
@Injectable()
export class SuggestionStore {
  /** The ten most alike; `text` is what the source calls it, where that is known. */
  async alike(tx: Transaction, kind: CrosswalkKind, code: string, text: string | null): Promise<Suggestion[]> {
    return tx.query<Suggestion>(
      `SELECT code AS target, name, round(likeness::numeric, 3)::float8 AS similarity
         FROM (${tables[kind]}) AS ours,
              greatest(similarity(code, $1), similarity(name, $1),
                coalesce(greatest(similarity(name, $2), word_similarity(name, $2), word_similarity($2, name)), 0)) AS likeness
        WHERE likeness >= ${least} ORDER BY likeness DESC, code LIMIT 10`,
      [code, text],
    );
  }
}
