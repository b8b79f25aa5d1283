import {
  AlignLeftOutlined,
  BarChartOutlined,
  BarcodeOutlined,
  BlockOutlined,
  BranchesOutlined,
  CheckSquareOutlined,
  ColumnHeightOutlined,
  EditOutlined,
  GiftOutlined,
  LayoutOutlined,
  LineOutlined,
  LinkOutlined,
  MailOutlined,
  PhoneOutlined,
  PictureOutlined,
  TableOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Field } from '../../../api/content.ts'
import type { Block, BlockType, DesignChannel } from './model.ts'
import { firstComparison } from './when-editor.tsx'

export const blockIcons: Record<BlockType, ReactNode> = {
  text: <AlignLeftOutlined />,
  table: <TableOutlined />,
  chart: <BarChartOutlined />,
  picture: <PictureOutlined />,
  barcode: <BarcodeOutlined />,
  offer: <GiftOutlined />,
  fragment: <BlockOutlined />,
  condition: <BranchesOutlined />,
  optional: <CheckSquareOutlined />,
  region: <EditOutlined />,
  columns: <LayoutOutlined />,
  button: <LinkOutlined />,
  divider: <LineOutlined />,
  space: <ColumnHeightOutlined />,
  address: <MailOutlined />,
  step: <PhoneOutlined />,
}

/** What may be added, the most used first; a step only where something is read out, an address only on paper. */
export function typesFor(channel: DesignChannel): BlockType[] {
  const common: BlockType[] = [
    'text',
    'picture',
    'table',
    'chart',
    'offer',
    'fragment',
    'condition',
    'columns',
    'divider',
    'space',
    'barcode',
    'button',
    'optional',
    'region',
  ]
  if (channel === 'call') return ['step', ...common]
  return channel === 'print' ? ['text', 'address', ...common.slice(1)] : common
}

/** A block as it begins; a picture begins when one is chosen. */
export function newBlock(type: BlockType, id: string, fields: readonly Field[]): Block {
  const list = fields.find(field => field.type === 'list' && fields.some(column => column.list === field.path))
  switch (type) {
    case 'text':
      return { id, type, text: {} }
    case 'table': {
      const columns = fields.filter(column => column.list === list?.path).slice(0, 4)
      return {
        id,
        type,
        rows: list?.path ?? 'lines',
        columns: columns.map(({ path, type: of, formats, name }, at) => ({
          id: `c${at + 1}`,
          title: { 'zh-CN': [{ type: 'text', text: name.zh }], en: [{ type: 'text', text: name.en }] },
          path: path.slice((list?.path ?? '').length + 1),
          ...(formats[0] ? { format: formats[0] } : {}),
          align: of === 'money' || of === 'number' ? 'right' : 'left',
          ...(of === 'text' && at > 0 ? { wide: true } : {}),
        })),
      }
    }
    case 'chart':
      return {
        id,
        type,
        chart: 'months',
        from: fields.find(({ path }) => path === 'months')?.path ?? list?.path ?? 'months',
        alt: {},
      }
    case 'picture':
      return { id, type, asset: '0'.repeat(64), alt: {}, width: 60, align: 'left' }
    case 'barcode':
      return { id, type, symbology: 'qr', value: [], alt: {}, width: 25, align: 'left' }
    case 'offer':
      return { id, type, contents: ['offer'], space: 'always', fallback: [] }
    case 'fragment':
      return { id, type, fragment: 'greeting' }
    case 'condition':
      return { id, type, test: { by: 'data', all: firstComparison(fields) }, blocks: [], otherwise: [] }
    case 'optional':
      return { id, type, title: {}, on: true, blocks: [] }
    case 'region':
      return { id, type, mode: 'open', title: {}, blocks: [] }
    case 'columns':
      return {
        id,
        type,
        columns: [
          { width: 6, blocks: [] },
          { width: 6, blocks: [] },
        ],
      }
    case 'button':
      return { id, type, label: {}, link: [{ type: 'text', text: 'https://' }] }
    case 'divider':
      return { id, type }
    case 'space':
      return { id, type, height: 6 }
    case 'address':
      return { id, type, facts: [] }
    case 'step':
      return { id, type, title: {}, say: {}, fields: [], next: [] }
  }
}
