# SPDX-License-Identifier: Apache-2.0
"""Makes the sample submissions: administrative documents as Vietnamese offices really hand them in.

`python -m samples.make` (from the top of the checkout) rebuilds everything under `samples/` byte for byte.
Tests use the parts: `samples.make.pdf.administrative_pdf(spec)` and `samples.make.word.administrative_docx(spec)`
turn a `samples.make.spec.Spec` into the bytes of a file, `samples.make.plain.parse` reads a `Spec` from text.
"""
