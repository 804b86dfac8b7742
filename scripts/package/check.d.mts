export interface PackageForm {
  /** The executable, relative to the folder. */
  readonly program: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly arch: string;
}
/** What is wrong with an unpacked package, one sentence each; empty where nothing is. */
export function faultsOfPackage(folder: string, form: PackageForm): Promise<string[]>;
