// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/accountname.h"

#if defined(Q_OS_UNIX)
#include <pwd.h>
#include <unistd.h>

#include <vector>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

QString nameInGecos(QStringView gecos, QStringView login)
{
    QString name = gecos.left(gecos.indexOf(u',')).toString();
    if (name.contains(u'&')) {
        QString capital = login.toString();
        if (!capital.isEmpty())
            capital[0] = capital[0].toUpper();
        name.replace(u'&', capital);
    }
    return name.simplified();
}

QString accountName()
{
#if defined(Q_OS_UNIX)
    passwd entry {};
    passwd *found = nullptr;
    std::vector<char> room(16 * 1024);
    if (::getpwuid_r(::geteuid(), &entry, room.data(), room.size(), &found) != 0 || !found)
        return {};
    const QString login = QString::fromLocal8Bit(entry.pw_name);
    const QString name = entry.pw_gecos ? nameInGecos(QString::fromLocal8Bit(entry.pw_gecos), login) : QString();
    return name.isEmpty() ? login : name;
#else
    return qEnvironmentVariable("USERNAME").simplified();
#endif
}

} // namespace yoid
