// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/ids.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

bool isSafeId(QStringView id)
{
    if (id.isEmpty() || id.size() > 128 || id == "."_L1 || id == ".."_L1)
        return false;
    return std::all_of(id.begin(), id.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_'
            || c == u'.' || c == u':' || c == u'-';
    });
}

} // namespace yoid
