<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Candidate</name>
    <message>
        <source>%1 asks to see: %2</source>
        <translation>تطلب %1 الاطلاع على: %2</translation>
    </message>
    <message>
        <source>Please show: %1</source>
        <translation>يرجى إظهار: %1</translation>
    </message>
    <message>
        <source>for: %1</source>
        <translation>الغرض: %1</translation>
    </message>
    <message>
        <source>Open your YoID wallet</source>
        <translation>افتح محفظة YoID الخاصة بك</translation>
    </message>
    <message>
        <source>Tap Scan and point it at the square</source>
        <translation>اضغط على «مسح» ووجّه الهاتف نحو المربع</translation>
    </message>
    <message>
        <source>Look at what is shared, then agree</source>
        <translation>اطّلع على ما ستشاركه، ثم وافق</translation>
    </message>
    <message>
        <source>You will share: %1.</source>
        <translation>ستشارك: %1.</translation>
    </message>
    <message>
        <source>You may say no.</source>
        <translation>يمكنك أن ترفض.</translation>
    </message>
    <message>
        <source>No data on your phone? Tell the desk.</source>
        <translation>لا يوجد إنترنت على هاتفك؟ أخبر موظف الاستقبال.</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>الرمز %1</translation>
    </message>
    <message>
        <source>Thank you. Please look at the desk.</source>
        <translation>شكرًا لك. يرجى التوجه إلى موظف الاستقبال.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>لحظة من فضلك.</translation>
    </message>
    <message>
        <source>The square does not fit on this screen. Tell the desk.</source>
        <translation>المربع لا تتسع له هذه الشاشة. أخبر موظف الاستقبال.</translation>
    </message>
</context>
</TS>
