import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { walls } from './scripts/lint/walls.mjs';

const nodeGlobals = ['console', 'process', 'Buffer', 'URL', 'setTimeout', 'clearTimeout'];
const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default defineConfig(
  { ignores: ['out/', 'dist/', 'test-results/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { house: { rules: { walls } } },
    rules: {
      'house/walls': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // What is taken apart here is an OTP or a nonce: ASCII by definition.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A number in a sentence needs no ceremony.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => count += 1` and `() => void work()` are how a listener is written here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Electron's overloads, one for each event, can be matched only one by one.
      '@typescript-eslint/unified-signatures': 'off',
      // A class is a room with a door; a static `of` is one.
      '@typescript-eslint/no-extraneous-class': 'off',
      // Branded types and generics that tie a schema to its output read as "used once".
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An async function that awaits nothing keeps the shape of its interface.
      '@typescript-eslint/require-await': 'off',
      // `const { dropped, ...rest }` and `_unused` say on purpose what is left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unreachable': 'error',
      'no-self-assign': 'error',
      'no-dupe-keys': 'error',
    },
  },
  {
    files: ['renderer/guide/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    // vitest's matchers (`expect.stringContaining`) are `any`; tests throw what nobody should.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    // The pages are made of plain functions: nothing in them reads `this`.
    files: ['renderer/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // Only the entry points and the practice clusters speak to a terminal.
    files: ['shared/**', 'renderer/**', 'electron/*/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.{js,mjs}', '*.ts', 'scripts/**'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['scripts/**', '*.js', 'test/**/*.mjs'],
    languageOptions: { globals: readonly([...nodeGlobals, 'window', 'document', 'fetch']) },
    rules: { 'no-undef': 'error' },
  },
  {
    files: ['test/e2e/fixtures/pages/**'],
    languageOptions: { globals: readonly(['window', 'document']) },
    rules: { 'no-undef': 'error' },
  },
);
