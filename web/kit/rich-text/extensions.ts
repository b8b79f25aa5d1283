import { Extension } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { type ChipOptions, FieldNode, LinkMark, WhenNode } from './chips.ts'

/** Small print and alignment are of the paragraph. */
const ParagraphLook = Extension.create({
  name: 'paragraphLook',
  addGlobalAttributes: () => [
    {
      types: ['paragraph'],
      attributes: {
        align: {
          default: 'left',
          parseHTML: element => (/^(center|right)$/.test(element.style.textAlign) ? element.style.textAlign : 'left'),
          renderHTML: ({ align }: { align?: string }) =>
            align && align !== 'left' ? { style: `text-align:${align}` } : {},
        },
        small: {
          default: false,
          parseHTML: element => element.classList.contains('rt-small'),
          renderHTML: ({ small }: { small?: boolean }) => (small ? { class: 'rt-small' } : {}),
        },
      },
    },
  ],
})

/** Nothing that paper, mail and SMS would not all know; the page has its own steps back, over all blocks. */
const kit = {
  blockquote: false,
  code: false,
  codeBlock: false,
  horizontalRule: false,
  strike: false,
  link: false,
  undoRedo: false,
  trailingNode: false,
} as const

export const textExtensions = (chips: ChipOptions) => [
  StarterKit.configure({ ...kit, heading: { levels: [1, 2, 3] } }),
  ParagraphLook,
  FieldNode.configure(chips),
  WhenNode.configure(chips),
  LinkMark,
]

/** One line: no lists, Enter makes no second; looks only where the words stand in running text. */
export const lineExtensions = (chips: ChipOptions, looks: boolean) => [
  StarterKit.configure({
    ...kit,
    heading: false,
    bulletList: false,
    orderedList: false,
    listItem: false,
    listKeymap: false,
    ...(looks ? {} : { bold: false, italic: false, underline: false, hardBreak: false }),
  }),
  FieldNode.configure(chips),
  WhenNode.configure(chips),
  ...(looks ? [LinkMark] : []),
]
