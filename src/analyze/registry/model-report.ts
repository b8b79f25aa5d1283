import type { z } from 'zod'
import type { Report, ReportSection } from '../../platform/export/index.ts'
import { type Text, textIn } from '../../platform/text.ts'
import type { modelDetail } from './api.ts'

type Detail = z.infer<typeof modelDetail>

const roles: Record<Detail['versions'][number]['role'], Text> = {
  champion: { en: 'in use', zh: '使用中' },
  challenger: { en: 'challenger', zh: '挑战者' },
  retired: { en: 'retired', zh: '已退役' },
  rejected: { en: 'turned down', zh: '已否决' },
}

/** A model as tables: what it is, versions, backtests, calibration, drift. */
export function modelReport(model: Detail, lang: Report['lang']): Report {
  const say = (text: Text) => textIn(text, lang)
  const word = (en: string, zh: string) => (lang === 'zh-CN' ? zh : en)
  const figure = (metrics: Record<string, number>, name: string) => metrics[name] ?? null
  const champion = model.versions.find(version => version.role === 'champion')
  const sections: ReportSection[] = [
    {
      title: word('Versions', '版本'),
      note: word('Figures are of rows no version was trained on.', '数字来自未参与训练的行。'),
      columns: [
        ...[
          word('Version', '版本'),
          word('Learner', '算法'),
          word('Role', '角色'),
          word('Inputs before', '输入早于'),
        ].map(name => ({ name, unit: 'text' as const })),
        { name: word('Trained on', '训练行数'), unit: 'count' },
        { name: 'AUC', unit: 'number' },
        { name: word('Log-loss', '对数损失'), unit: 'number' },
        { name: word('Calibration error', '校准误差'), unit: 'share' },
        { name: word('Code', '代码'), unit: 'text' },
        { name: word('Decided by', '决定者'), unit: 'text' },
      ],
      rows: model.versions.map(v => [
        ...[String(v.id), v.learner, say(roles[v.role]), v.asOf, v.trainedOn],
        ...[
          figure(v.metrics, 'auc'),
          figure(v.metrics, 'logLoss'),
          figure(v.metrics, 'calibrationError'),
          v.code,
          v.decidedBy,
        ],
      ]),
    },
    {
      title: word('Backtests', '回测'),
      note: word(
        'Trained on what was known by the date, judged on what followed.',
        '以当日已知数据训练，以其后发生之事评判。',
      ),
      columns: [
        { name: word('As of', '截至'), unit: 'text' },
        { name: word('Learner', '算法'), unit: 'text' },
        { name: 'AUC', unit: 'number' },
        { name: word('Simple rule', '简单规则'), unit: 'number' },
        { name: word('Expected', '预期'), unit: 'count' },
        { name: word('Actual', '实际'), unit: 'count' },
        { name: word('Calibration error', '校准误差'), unit: 'share' },
        { name: word('Verdict', '结论'), unit: 'text' },
      ],
      rows: model.backtests.map(b => [
        ...[b.asOf, b.learner, figure(b.metrics, 'auc'), figure(b.metrics, 'ruleAuc'), figure(b.metrics, 'expected')],
        ...[figure(b.metrics, 'actual'), figure(b.metrics, 'calibrationError'), b.verdict],
      ]),
    },
    {
      title: word('Calibration', '校准'),
      note: word('Tenths of customers, the most likely first.', '按概率从高到低分为十组。'),
      columns: [
        { name: word('Tenth', '十分位'), unit: 'text' },
        { name: word('Customers', '客户'), unit: 'count' },
        { name: word('Expected', '预期'), unit: 'number' },
        { name: word('Actual', '实际'), unit: 'number' },
      ],
      rows: (champion?.deciles ?? []).map((bin, k) => [String(k + 1), bin.customers, bin.expected, bin.actual]),
    },
    {
      title: word('Drift', '漂移'),
      note: word(
        'Population stability index against training, with what chance alone shows.',
        '与训练时相比的稳定性指数，并列出纯随机时的值。',
      ),
      columns: [
        { name: word('Input', '输入'), unit: 'text' },
        { name: 'PSI', unit: 'number' },
        { name: word('By chance', '随机'), unit: 'number' },
        { name: 'p', unit: 'number' },
        { name: word('Missing then', '当时缺失'), unit: 'share' },
        { name: word('Missing now', '现在缺失'), unit: 'share' },
      ],
      rows: model.drift.map(d => [say(d.name), d.psi, d.expected, d.p, d.missingBefore, d.missingNow]),
    },
  ]
  return {
    title: say(model.title),
    lead: [say(model.about), ...(model.verdict ? [say(model.verdict.evidence)] : []), model.asOf],
    lang,
    currency: 'GBP',
    sections: sections.filter(section => section.rows.length > 0),
  }
}
