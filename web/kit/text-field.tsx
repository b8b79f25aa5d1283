import { Input } from 'antd'
import type { ComponentProps, ReactNode } from 'react'
import { Field } from './field.tsx'

type Of<Props> = Omit<Props, 'id' | 'onChange'> & { label: ReactNode; onChange: (value: string) => void }

/** A line of text under its label. */
export const TextField = ({ label, onChange, ...input }: Of<ComponentProps<typeof Input>>) => (
  <Field label={label}>{id => <Input id={id} onChange={event => onChange(event.target.value)} {...input} />}</Field>
)

/** Some lines of text under their label. */
export const TextAreaField = ({ label, onChange, ...area }: Of<ComponentProps<typeof Input.TextArea>>) => (
  <Field label={label}>
    {id => <Input.TextArea id={id} onChange={event => onChange(event.target.value)} {...area} />}
  </Field>
)
