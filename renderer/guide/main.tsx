import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './App.tsx';
import { connectGuide } from './app/client.ts';
import '../style/tokens.css';
import '../style/base.css';

// Schemas are walked, not compiled: the page's policy allows no code made from text.
z.config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');
createRoot(root).render(<App client={connectGuide()} />);
