import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';

/** What has come of one product under a document, all lots together; quantities as decimal text in its stock unit. */
export interface DeliveryLine {
  readonly productCode: string;
  readonly unit: string;
  /** By the newest record that said so; null where none did. */
  readonly expectedQuantity: string | null;
  readonly receivedQuantity: string;
  readonly damagedQuantity: string;
  readonly shortQuantity: string | null;
  readonly oversupplyQuantity: string | null;
}

const lines = `
WITH come AS (
  SELECT product_code, unit, sum(quantity) AS received,
    coalesce(sum(quantity) FILTER (WHERE condition = 'DAMAGED'), 0) AS damaged,
    (array_agg(expected_quantity ORDER BY settled_at DESC) FILTER (WHERE expected_quantity IS NOT NULL))[1] AS expected
  FROM stock_operation
  WHERE operation = 'RECEIVED' AND outcome = 'accepted' AND reversed_by IS NULL AND document_reference = $1
  GROUP BY product_code, unit
)
SELECT product_code AS "productCode", unit, expected AS "expectedQuantity", received AS "receivedQuantity",
  damaged AS "damagedQuantity", CASE WHEN expected IS NOT NULL THEN greatest(expected - received, 0) END AS "shortQuantity",
  CASE WHEN expected IS NOT NULL THEN greatest(received - expected, 0) END AS "oversupplyQuantity"
FROM come ORDER BY product_code, unit`;

/** Reads what has come under a document, beside what it announces. */
@Injectable()
export class Deliveries {
  constructor(private readonly database: Database) {}

  /** Its lines in order of product; none where nothing has come under it. */
  async under(document: string): Promise<DeliveryLine[]> {
    return this.database.query<DeliveryLine>(lines, [document]);
  }
}
