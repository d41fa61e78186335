# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0

cmake_minimum_required(VERSION 3.25)

# Run by `cmake -DROOT=… -P`: no lower floor includes a higher one, nothing under app/ knows a widget, and no call that
# blocks or hides a mistake is in the product. Needs no other tool.
set(failed FALSE)
macro(complain text)
  message("floors: ${text}")
  set(failed TRUE)
endmacro()

# check_room(room forbidden-include-regex): every include of ours or of Qt in that room.
function(check_room room forbidden)
  file(GLOB_RECURSE files "${ROOT}/${room}/*.h" "${ROOT}/${room}/*.cpp")
  foreach(file ${files})
    file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include")
    foreach(line ${lines})
      if(line MATCHES "${forbidden}")
        file(RELATIVE_PATH short "${ROOT}" "${file}")
        complain("${short}: ${line}")
      endif()
    endforeach()
  endforeach()
  set(failed ${failed} PARENT_SCOPE)
endfunction()

set(widgets "[<\"/](QtWidgets|QtGui|QtSvg|QWidget|ui)/")
check_room(app/base "\"(app/(domain|net|store|flow|practice|sdjwt|table)|ui)/|QtNetwork|QtSql|keychain.h|${widgets}")
check_room(app/domain "\"(app/(net|store|flow|practice|sdjwt|table)|ui)/|QtNetwork|QtSql|keychain.h|<QtCore/Q(Timer|File|SaveFile|Process)>|${widgets}")
check_room(app/net "\"(app/(store|flow|practice|sdjwt|table)|ui)/|QtSql|keychain.h|${widgets}")
check_room(app/store "\"(app/(net|flow|practice|sdjwt|table)|ui)/|QtNetwork|${widgets}")
check_room(app/sdjwt "\"(app/(domain|net|store|flow|practice|table)|ui)/|QtNetwork|QtSql|keychain.h|<QtCore/Q(Timer|File|SaveFile|Process)>|${widgets}")
check_room(app/table "\"(app/(net|store|flow|practice|sdjwt)|ui)/|QtNetwork|QtSql|keychain.h|${widgets}")
check_room(app/flow "\"(app/practice|ui)/|QtNetwork|QtSql|keychain.h|${widgets}")
check_room(app/practice "\"(app/(domain|net|store|flow|sdjwt|table)|ui)/|QtSql|keychain.h|${widgets}")
check_room(ui/models "\"(app/(net|flow|practice|sdjwt|table)|ui/(panes|widgets|dialogs|delegates))/|QtNetwork|QtSql|keychain.h|<Qt(Widgets|Gui)")
check_room(ui "\"app/(net|practice|sdjwt)/|\"app/store/(keychainstore|secretstore|journal)|QtNetwork|QtSql|keychain.h")

# What the product never does.
file(GLOB_RECURSE product "${ROOT}/app/*.h" "${ROOT}/app/*.cpp" "${ROOT}/ui/*.h" "${ROOT}/ui/*.cpp")
foreach(file ${product})
  file(RELATIVE_PATH short "${ROOT}" "${file}")
  file(STRINGS "${file}" lines)
  list(LENGTH lines count)
  if(NOT lines)
    complain("${short}: is empty")
    continue()
  endif()
  list(GET lines 0 first)
  list(GET lines 1 second)
  if(NOT first STREQUAL "// SPDX-FileCopyrightText: The YoID Console authors"
     OR NOT second STREQUAL "// SPDX-License-Identifier: Apache-2.0")
    complain("${short}: the two SPDX lines are missing")
  endif()
  file(STRINGS "${file}" bad REGEX
    "processEvents|QEventLoop[ (]|ignoreSslErrors|VerifyNone|waitFor[A-Z][A-Za-z]*\\(|setInsecureFallback\\(true|SIGNAL\\(|SLOT\\(")
  foreach(line ${bad})
    complain("${short}: ${line}")
  endforeach()
  # A statement that was prepared is run by exec() too; they all are in one file.
  if(NOT short MATCHES "(main|store/journalsql)\\.cpp$")
    file(STRINGS "${file}" bad REGEX "[>.]exec\\(\\)|::exec\\(")
    foreach(line ${bad})
      complain("${short}: ${line}")
    endforeach()
  endif()
endforeach()

# Only the plain label may be used: a QLabel of its own would render attacker text as HTML. Only the choice box: a
# QComboBox cannot be found by its name. And only the scroll pane: assistive technology can crash a QScrollArea.
file(GLOB_RECURSE windows "${ROOT}/ui/*.h" "${ROOT}/ui/*.cpp")
foreach(file ${windows})
  file(RELATIVE_PATH short "${ROOT}" "${file}")
  if(short MATCHES "widgets/(plainlabel|choicebox|scrollpane)\\.(h|cpp)$")
    continue()
  endif()
  file(STRINGS "${file}" bad REGEX "new QLabel|new QComboBox|new QScrollArea|: public QLabel|QLabel [a-z_A-Z]+[;({]|Qt::RichText|setHtml\\(|QMessageBox")
  foreach(line ${bad})
    complain("${short}: ${line}")
  endforeach()
endforeach()

if(failed)
  message(FATAL_ERROR "The floors of the house are broken; see above.")
endif()
message("floors: clean")
