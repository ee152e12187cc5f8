import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a product itself is called in trade, apart from its packagings. */
export class TradeItemNumbers implements MigrationInterface {
  readonly name = 'TradeItemNumbers1764374400102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE product ADD COLUMN gtin text;
COMMENT ON COLUMN product.gtin IS 'Of its stock unit, 14 digits; gtins has those of its packagings too. Null until Odoo has told it.';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE product DROP COLUMN gtin`);
  }
}
