export { CheckChoice } from './CheckChoice';
export { Chips } from './Chips';
export { FormRow, type InputProps } from './FormRow';
export { FormGround } from './FormGround';
export { Columns, ConfirmButton, ItemCard, RowLabel, SmallButton, Stack } from './layout';
export { asSentence, ProblemsProvider, ProblemWords, useProblemsAt } from './Problems';
export { RadioChoice } from './RadioChoice';
export { SearchInput, type SearchOption } from './SearchInput';
export { SelectInput, TextArea, TextInput } from './TextInput';
