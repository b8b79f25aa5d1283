import { reportCsv } from './csv.ts'
import { reportPdf } from './pdf.ts'
import type { Report, ReportFile, ReportFormat } from './report.ts'
import { reportXlsx } from './xlsx.ts'

export {
  type Report,
  type ReportColumn,
  type ReportFile,
  type ReportFormat,
  type ReportSection,
  type ReportUnit,
  reportFormats,
} from './report.ts'
export { sendReport } from './send-report.ts'

const mediaTypes: Record<ReportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** Any page's figures as a file. */
export async function writeReport(report: Report, format: ReportFormat): Promise<ReportFile> {
  const writers = { csv: async () => reportCsv(report), xlsx: () => reportXlsx(report), pdf: () => reportPdf(report) }
  return { bytes: await writers[format](), mediaType: mediaTypes[format], extension: format }
}
