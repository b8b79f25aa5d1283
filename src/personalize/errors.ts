import { defineErrors } from '../platform/errors.ts'

export const errors = defineErrors({
  'personalize.erased': {
    status: 410,
    exit: 1,
    en: 'Communication {id} is erased: the data of its customer were erased on request. Only counts are left.',
    zh: '通信 {id} 已删除：其客户的数据已按请求删除，仅保留统计数字。',
  },
  'personalize.print-file-failed': {
    status: 500,
    exit: 1,
    en: 'Print file {file} could not be set: {reason}',
    zh: '打印文件 {file} 排版失败：{reason}',
  },
  'personalize.print-pages-differ': {
    status: 500,
    exit: 1,
    en: 'Print file {file}: communication {id} has {now} pages now and {sent} in the ledger; the file was not made.',
    zh: '打印文件 {file}：通信 {id} 现在为 {now} 页，台账为 {sent} 页；文件未生成。',
  },
  'personalize.print-document': {
    status: 500,
    exit: 1,
    en: 'Communication {id} cannot be printed: {reason} {detail}',
    zh: '通信 {id} 无法打印：{reason} {detail}',
  },
  'personalize.template-stalls': {
    status: 422,
    exit: 1,
    en: 'Template {template} stopped its composing thread for the fourth time in a batch, at document {id} (limit {seconds} s each). Look for a loop or for a field that grows without end.',
    zh: '模板 {template} 在同一批中第四次使生成线程停住，文档 {id}（每份上限 {seconds} 秒）。请检查循环或无限增长的字段。',
  },
  'personalize.template-missing': {
    status: 404,
    en: 'There is no template "{template}" in {where}. There: {there}.',
    zh: '{where} 中没有模板“{template}”。现有：{there}。',
  },
  'personalize.template-file': {
    status: 400,
    en: 'Template {template}: {file} {problem}.',
    zh: '模板 {template}：{file} 有误（{problem}）。',
  },
  'personalize.template-fault': {
    status: 400,
    en: 'Template {template}, {file}, line {line}, column {column}{field}: {problem}.',
    zh: '模板 {template} 的 {file} 第 {line} 行第 {column} 列{field}：{problem}。',
  },
  'personalize.data-unreadable': {
    status: 400,
    en: '{file} cannot be read: {reason}',
    zh: '无法读取 {file}：{reason}',
  },
  'personalize.data-not-json': {
    status: 400,
    en: '{file} is not JSON in UTF-8: {reason}',
    zh: '{file} 不是 UTF-8 编码的 JSON：{reason}',
  },
  'personalize.data-not-rows': {
    status: 400,
    en: '{file} must hold an array of objects with an "id" each; {problem}.',
    zh: '{file} 必须是对象数组，且每个对象都有“id”；{problem}。',
  },
  'personalize.out-not-writable': {
    status: 400,
    exit: 1,
    en: 'Cannot write to {dir}: {reason}',
    zh: '无法写入 {dir}：{reason}',
  },
  'personalize.option-missing': { status: 400, en: 'Say {option}.', zh: '请给出 {option}。' },
  'personalize.no-communication': {
    status: 404,
    en: 'There is no communication {id}.',
    zh: '没有编号为 {id} 的沟通记录。',
  },
  'personalize.held-back': {
    status: 409,
    en: 'Communication {id} was never composed: {reason}',
    zh: '沟通 {id} 未曾生成：{reason}',
  },
  'personalize.bytes-differ': {
    status: 500,
    en: 'Communication {id} comes out with other bytes than were sent (SHA-256 {now}, sent {sent}): it was composed with {engine}, here runs {here}.',
    zh: '沟通 {id} 重新生成的内容与寄出时不同（SHA-256 {now}，寄出时 {sent}）：当时引擎为 {engine}，现为 {here}。',
  },
  'personalize.counts-differ': {
    status: 500,
    en: 'Composing does not add up: {planned} planned, {composed} composed, {held} held back.',
    zh: '生成数量不符：计划 {planned}，已生成 {composed}，暂缓 {held}。',
  },
  'personalize.no-template': {
    status: 409,
    en: 'No template of kind "{kind}" is live. Load the sample company or publish one.',
    zh: '没有生效中的“{kind}”类模板。请载入示例公司或发布一个模板。',
  },
  'personalize.version-missing': {
    status: 500,
    en: 'Version {version} of template {template} is not in the store.',
    zh: '库中没有模板 {template} 的第 {version} 版。',
  },
})
