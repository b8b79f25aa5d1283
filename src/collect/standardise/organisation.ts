import { foldText, simplify } from './text.ts'

const MARKS =
  /有限(责任)?公司|股份|公司$|集团|商行|商店|商贸|贸易|超市|酒店|学校|医院|研究院|事务所|工作室|经营部|\b(ltd|limited|inc|llc|plc|gmbh|corp|corporation|co|company|llp|group|holdings)\b\.?/

/** Whether a name is an organisation's rather than a person's. */
export const looksLikeOrganisation = (name: string): boolean => MARKS.test(simplify(foldText(name)))

const LEGAL_FORM = /(股份)?有限(责任)?公司|\b(ltd|limited|inc|llc|plc|gmbh|corp|corporation|co|company|llp)\b\.?/g

/** Name of an organisation without its legal form, its words still apart: 华联商贸（上海）有限公司 → 华联商贸 上海. */
export const organisationWords = (name: string): string =>
  simplify(foldText(name))
    .replace(LEGAL_FORM, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The same without what stands in brackets, in one piece: the form in which names are looked up. */
export const organisationCore = (name: string): string =>
  organisationWords(name.normalize('NFKC').replace(/[（(].*?[）)]/g, '')).replaceAll(' ', '')
