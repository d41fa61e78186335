// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace yoid {

/// What text looks like to a search that knows neither accents nor case nor full-width forms: `Łukasz Nguyễn` → `lukasz nguyen`.
/// Decomposed (NFKD) without marks, case folded; letters that do not decompose but are typed without their stroke are replaced.
/// Fold both sides, then compare.
[[nodiscard]] QString foldedText(QStringView text);

} // namespace yoid
