/** Actions of software templates that plan an onboarding and open its pull requests. */
export { scaffolderModuleEventbridge as default } from './module';
