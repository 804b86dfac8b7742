import './no-jit.ts';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectGuide } from './app/client.ts';
import '../style/tokens.css';
import '../style/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');
createRoot(root).render(<App client={connectGuide()} />);
