// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchstore.h"

#include "moc_batchstore.cpp"
