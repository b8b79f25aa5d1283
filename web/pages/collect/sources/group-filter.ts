import type { QuarantineGroup } from '../../../api/types.ts'

export const groupFilter = ({ source, rule, column, shape }: QuarantineGroup) => ({ source, rule, column, shape })
