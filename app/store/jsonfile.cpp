// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/jsonfile.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>

#include <filesystem>

#if defined(Q_OS_UNIX)
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kLargest = 4LL * 1024 * 1024;
constexpr QLatin1StringView kVersion("version");

Failure failed(const QString &path, const QString &why)
{
    return Failure::of(FailureKind::StorageFailed, QFileInfo(path).fileName() + ": "_L1 + why);
}

/// Empty when this is a plain file of this user, or nothing at all.
QString objectionTo(const QFileInfo &info)
{
    if (!info.exists())
        return info.isSymLink() ? u"a link that leads nowhere"_s : QString();
    if (!info.isFile()) // opening a pipe would wait for ever
        return u"not a plain file"_s;
#if defined(Q_OS_UNIX)
    if (info.ownerId() != ::geteuid())
        return u"belongs to somebody else"_s;
#endif
    if (info.size() > kLargest)
        return u"too large"_s;
    return {};
}

std::filesystem::path native(const QString &path)
{
    return { path.toStdU16String() };
}

} // namespace

JsonFile::JsonFile(QString path, int version)
    : m_path(std::move(path))
    , m_version(version)
{
}

Outcome<QJsonObject> JsonFile::read()
{
    auto parsed = parse();
    m_unreadable = !parsed.ok();
    m_newer = parsed && parsed->value(kVersion).toInt() > m_version;
    return parsed;
}

Outcome<QJsonObject> JsonFile::parse()
{
    const QFileInfo info(m_path);
    if (const QString objection = objectionTo(info); !objection.isEmpty())
        return failed(m_path, objection);
    if (!info.exists())
        return QJsonObject();
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(m_path, file.errorString());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(kLargest + 1), &error);
    if (error.error != QJsonParseError::NoError)
        return failed(m_path, error.errorString());
    if (!document.isObject() || document.object().value(kVersion).toInt() < 1)
        return failed(m_path, u"no object with a version"_s);
    return document.object();
}

Outcome<Done> JsonFile::write(QJsonObject object)
{
    if (m_newer)
        return failed(m_path, u"written by a newer version of the program"_s);
    if (m_unreadable) {
        if (auto moved = moveAside(); !moved)
            return moved;
        m_unreadable = false;
    }
    const QFileInfo info(m_path);
    if (const QString objection = objectionTo(info); !objection.isEmpty())
        return failed(m_path, objection); // it was different when it was read
    object.insert(kVersion, m_version);
    QSaveFile file(info.isSymLink() ? info.canonicalFilePath() : m_path);
    const QByteArray json = QJsonDocument(object).toJson();
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(json) != json.size() || !file.commit())
        return failed(m_path, file.errorString());
    return Done {};
}

Outcome<Done> JsonFile::moveAside()
{
    const QString stem
        = m_path + ".unreadable-"_L1 + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    QString target = stem;
    for (int n = 2; QFileInfo::exists(target) || QFileInfo(target).isSymLink(); ++n)
        target = stem + u'-' + QString::number(n);
    // The link, pipe or folder itself is moved, which QFile::rename() does not promise.
    std::error_code error;
    std::filesystem::rename(native(m_path), native(target), error);
    if (error && error != std::errc::no_such_file_or_directory)
        return failed(m_path, u"cannot be moved aside: "_s + QString::fromStdString(error.message()));
    return Done {};
}

} // namespace yoid
