import { sql } from 'kysely'
import type { Migrations } from '../../platform/stores/workflow/index.ts'

/** An erasure names its customer in a setting of its own transaction; nothing else gets past the trigger. */
const KEEP = sql`
CREATE FUNCTION consent_ledger_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('huiyin.erasing', true) = OLD.customer_id::text THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the consent ledger is append-only: % refused', TG_OP USING ERRCODE = '42501';
END $$`

const PURPOSES = sql`
INSERT INTO consent_purposes (code, position, name, about, by_channel, basis) VALUES
  ('marketing', 1, '{"en":"Offers and advertising","zh":"优惠与营销"}',
   '{"en":"Offers, news and advertising about our products","zh":"发送本公司产品的优惠、资讯与广告"}', true, 'consent'),
  ('profiling', 2, '{"en":"Personal profile","zh":"用户画像"}',
   '{"en":"Evaluating purchases and answers to choose what fits","zh":"分析购买与反馈记录，用于个性化推荐"}', false, 'consent'),
  ('research', 3, '{"en":"Market research","zh":"市场调研"}',
   '{"en":"Surveys and interviews about satisfaction and needs","zh":"满意度与需求的问卷和访谈"}', true, 'consent'),
  ('third-party', 4, '{"en":"Sharing with partners","zh":"向第三方提供"}',
   '{"en":"Handing contact data to named partners","zh":"向列明的合作方提供联系信息"}', false, 'consent'),
  ('web', 5, '{"en":"Use of the web site","zh":"网站行为分析"}',
   '{"en":"Recording which pages and products are looked at","zh":"记录浏览的页面与商品"}', false, 'consent'),
  ('service', 6, '{"en":"Service and contract","zh":"服务与合同"}',
   '{"en":"Bills, deliveries, answers to questions","zh":"账单、配送与咨询答复"}', true, 'contract')`

const WORDINGS = sql`
INSERT INTO consent_wordings (code, version, purpose, text, valid_from, valid_to, created_by, created_at) VALUES
  ('marketing', 1, 'marketing', '{"en":"I would like to receive offers and news by the channels I have chosen. I can take this back at any time.",
    "zh":"我同意通过所选渠道接收优惠与资讯，并可随时撤回同意。"}', '2026-01-01', NULL, 0, now()),
  ('profiling', 1, 'profiling', '{"en":"I agree that my purchases and answers are evaluated, so that I get what fits me. I can take this back at any time.",
    "zh":"我同意对我的购买与反馈记录进行分析，以便获得合适的推荐，并可随时撤回同意。"}', '2026-01-01', NULL, 0, now())`

/** By channel: e-mail or the portal. Bills and statements go on paper to whoever has not agreed. */
const PAPERS = sql`
INSERT INTO consent_purposes (code, position, name, about, by_channel, basis) VALUES
  ('electronic-papers', 7, '{"en":"Electronic papers","zh":"电子文书"}',
   '{"en":"Bills, statements and notices by e-mail or in the portal instead of on paper","zh":"以电子邮件或客户门户代替纸质账单、对账单与通知"}', true, 'consent')`

const PAPERS_WORDING = sql`
INSERT INTO consent_wordings (code, version, purpose, text, valid_from, valid_to, created_by, created_at) VALUES
  ('electronic-papers', 1, 'electronic-papers', '{"en":"I agree to get bills, statements and notices electronically instead of on paper. I can take this back at any time and get paper again.",
    "zh":"我同意以电子方式代替纸质接收账单、对账单与通知，并可随时撤回，恢复纸质寄送。"}', '2026-01-01', NULL, 0, now())`

export const consentMigrations: Migrations = {
  '2026-11-22-09-collect-consent-ledger': {
    async up(db) {
      for (const statement of [
        sql`CREATE TABLE consent_ledger (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, statement_id text NOT NULL UNIQUE,
            customer_id int8 NOT NULL, seq int4 NOT NULL, kind text NOT NULL, purpose text NOT NULL, channel text NOT NULL,
            state text NOT NULL, wording text NOT NULL, wording_version int4 NOT NULL, evidence_how text NOT NULL,
            evidence_ref text NOT NULL, at timestamptz NOT NULL, source text NOT NULL, actor int8 NOT NULL,
            recorded_at timestamptz NOT NULL, previous text NOT NULL, hash text NOT NULL, UNIQUE (customer_id, seq))`,
        sql`CREATE TABLE consent_heads (customer_id int8 PRIMARY KEY, seq int4 NOT NULL, hash text NOT NULL)`,
        sql`CREATE TABLE consent_unmirrored (ledger_id int8 PRIMARY KEY)`,
        KEEP,
        sql`CREATE TRIGGER consent_ledger_keeps BEFORE UPDATE OR DELETE ON consent_ledger
            FOR EACH ROW EXECUTE FUNCTION consent_ledger_keeps()`,
        sql`CREATE TRIGGER consent_ledger_stays BEFORE TRUNCATE ON consent_ledger
            FOR EACH STATEMENT EXECUTE FUNCTION consent_ledger_keeps()`,
        sql`CREATE TABLE consent_purposes (code text PRIMARY KEY, position int4 NOT NULL, name jsonb NOT NULL, about jsonb NOT NULL,
            by_channel boolean NOT NULL, basis text NOT NULL)`,
        sql`CREATE TABLE consent_wordings (code text NOT NULL, version int4 NOT NULL, purpose text NOT NULL REFERENCES consent_purposes (code),
            text jsonb NOT NULL, valid_from date NOT NULL, valid_to date, created_by int8 NOT NULL, created_at timestamptz NOT NULL,
            PRIMARY KEY (code, version))`,
        sql`CREATE TABLE consent_seals (import_id int8 PRIMARY KEY, statements int8 NOT NULL, digest text NOT NULL,
            sealed_at timestamptz NOT NULL)`,
        sql`CREATE TABLE suppression_lists (code text PRIMARY KEY, name jsonb NOT NULL, about text NOT NULL, channels text[] NOT NULL,
            service boolean NOT NULL, active boolean NOT NULL, created_by int8 NOT NULL, created_at timestamptz NOT NULL)`,
        sql`CREATE TABLE suppression_uploads (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, list text NOT NULL, kind text NOT NULL,
            file text NOT NULL, why text NOT NULL, entries int8 NOT NULL, refused int8 NOT NULL, removes boolean NOT NULL,
            until date, by_user int8 NOT NULL, at timestamptz NOT NULL)`,
        PURPOSES,
        WORDINGS,
      ])
        await statement.execute(db)
    },
  },
  '2026-11-24-04-collect-electronic-papers': {
    async up(db) {
      await PAPERS.execute(db)
      await PAPERS_WORDING.execute(db)
    },
  },
  '2026-11-22-09-collect-taken-up': {
    up: db => sql`CREATE TABLE consent_taken_up (one boolean PRIMARY KEY, up_to timestamptz NOT NULL)`.execute(db),
  },
}
