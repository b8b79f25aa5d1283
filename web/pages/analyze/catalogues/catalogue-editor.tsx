import { CloseOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { send } from '../../../api/client.ts'
import type { CatalogueView } from '../../../api/products.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Blank,
  Button,
  type Column,
  DataTable,
  Field,
  Input,
  Panel,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { ProductPicker } from '../needs/product-picker.tsx'
import { ProductLink } from '../products/product-link.tsx'

/** Name and products of a collection; null: a new one. */
export function CatalogueEditor({ view }: { view: CatalogueView | null }) {
  const { t, number } = useText()
  const navigate = useNavigate()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [code, setCode] = useState(view?.code ?? '')
  const [name, setName] = useState(view?.name ?? { en: '', zh: '' })
  const [about, setAbout] = useState(view?.about ?? { en: '', zh: '' })
  const [products, setProducts] = useState(view?.products ?? [])
  const [names, setNames] = useState(view?.names ?? {})
  const mayWrite = may('catalogues.write')
  const complete =
    /^[A-Z0-9][A-Z0-9-]{0,39}$/.test(code) &&
    code !== 'NEW' &&
    name.en.trim() !== '' &&
    name.zh.trim() !== '' &&
    products.length > 0
  const refresh = () =>
    client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/catalogues') })
  const save = useMutation({
    mutationFn: () => send('PUT', `/catalogues/${code}`, { name, about, products, source: view?.source ?? 'hand' }),
    onSuccess: () => {
      toast.done(t('catalogues.saved'))
      if (!view) void navigate(`/catalogues/${code}`)
    },
    onError: error => toast.failed(problem(error)),
    onSettled: refresh,
  })
  const retire = useMutation({
    mutationFn: () => send('POST', `/catalogues/${code}/retire`, {}),
    onSuccess: () => {
      toast.done(t('catalogues.retired-done'))
      void navigate('/catalogues')
    },
    onError: error => toast.failed(problem(error)),
    onSettled: refresh,
  })
  const both = (
    label: 'name' | 'about',
    value: { en: string; zh: string },
    set: (value: { en: string; zh: string }) => void,
  ) =>
    (['zh', 'en'] as const).map(lang => (
      <Field key={lang} label={t(`needs.${label}-${lang}`)}>
        {id => (
          <Input
            id={id}
            disabled={!mayWrite}
            value={value[lang]}
            onChange={event => set({ ...value, [lang]: event.target.value })}
          />
        )}
      </Field>
    ))
  const columns: Column<string>[] = [
    {
      id: 'name',
      title: t('products.product'),
      cell: product => <ProductLink code={product} name={names[product] ?? { en: product, zh: product }} />,
    },
    { id: 'code', title: t('catalogues.code'), cell: product => <span className="mono small">{product}</span> },
    {
      id: 'drop',
      title: '',
      right: true,
      cell: product =>
        mayWrite ? (
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('needs.drop-product')}
            onClick={() => setProducts(products.filter(each => each !== product))}
          />
        ) : null,
    },
  ]
  return (
    <div className="stack">
      <Panel title={t('needs.words')}>
        <div className="policy-fields">
          {view ? null : (
            <TextField
              label={t('catalogues.code')}
              value={code}
              onChange={value => setCode(value.toUpperCase().replaceAll(' ', '-'))}
            />
          )}
          {both('name', name, setName)}
          {both('about', about, setAbout)}
        </div>
      </Panel>
      <Panel flush title={t('catalogues.products')} note={number(products.length)}>
        {mayWrite ? (
          <div className="toolbar product-filters">
            <ProductPicker
              label={t('needs.add-product')}
              onPick={(key, own) => {
                setNames(all => ({ ...all, [key]: own }))
                if (!products.includes(key)) setProducts([key, ...products])
              }}
            />
          </div>
        ) : null}
        <DataTable
          columns={columns}
          rows={products}
          rowId={product => product}
          empty={<Blank title={t('catalogues.empty')} />}
        />
      </Panel>
      {mayWrite ? (
        <div className="row no-print">
          <Button type="primary" disabled={!complete} loading={save.isPending} onClick={() => save.mutate()}>
            {t('catalogues.save')}
          </Button>
          {view ? (
            <Button danger loading={retire.isPending} onClick={() => retire.mutate()}>
              {t('catalogues.retire')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
