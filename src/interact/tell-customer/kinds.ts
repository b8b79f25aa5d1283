import { caseOpened, caseResolved } from '../cases/case-notices.ts'
import { answerWaits } from '../inbox/answer-waits.ts'
import type { NoticeKind, NoticeName } from './notice.ts'

export const noticeKinds: Record<NoticeName, NoticeKind> = {
  'case-opened': caseOpened,
  'case-resolved': caseResolved,
  'answer-waits': answerWaits,
}
