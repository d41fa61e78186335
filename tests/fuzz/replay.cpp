// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// Feeds the stored corpus of a fuzz driver to it where libFuzzer is not to be had: every input as it is, every prefix of
// it (at most 400), and 2 000 copies with bytes changed in a fixed order, so that a run can be repeated.

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

void feed(const QByteArray &input)
{
    // An exact copy on the heap: a sanitizer sees a read beyond the end.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

QByteArray changed(QByteArray input, QRandomGenerator &random)
{
    static const QByteArray kPieces = "{}[]\"\\:,=&%|\n\r\t <>'0123456789eE-";
    const int changes = random.bounded(1, 5);
    for (int i = 0; i < changes && !input.isEmpty(); ++i) {
        const qsizetype at = random.bounded(static_cast<int>(input.size()));
        switch (random.bounded(4)) {
        case 0:
            input[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            input[at] = kPieces[random.bounded(static_cast<int>(kPieces.size()))];
            break;
        case 2:
            input.insert(at, input.mid(at, random.bounded(1, 40)));
            break;
        default:
            input.remove(at, random.bounded(1, 20));
            break;
        }
    }
    return input;
}

} // namespace

int main()
{
    const QDir corpus(QStringLiteral(FUZZ_CORPUS));
    const QFileInfoList files = corpus.entryInfoList(QDir::Files, QDir::Name);
    if (files.isEmpty()) {
        std::fputs("the corpus is empty\n", stderr);
        return 1;
    }
    QRandomGenerator random(1);
    feed({});
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            return 1;
        const QByteArray input = file.readAll();
        feed(input);
        const qsizetype step = std::max<qsizetype>(1, input.size() / 400);
        for (qsizetype length = 0; length < input.size(); length += step)
            feed(input.first(length));
        for (int i = 0; i < 2000; ++i)
            feed(changed(input, random));
    }
    return 0;
}
