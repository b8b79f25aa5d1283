/** The controls pages may use; Ant Design is named here and nowhere in pages. */
export {
  Button,
  Checkbox,
  Drawer,
  Dropdown,
  Input,
  Modal,
  Popover,
  Progress,
  Radio,
  Segmented,
  Select,
  Skeleton,
  Tabs,
  Tooltip,
} from 'antd'
