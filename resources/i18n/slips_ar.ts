<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Slip</name>
    <message>
        <source>Your credential is ready</source>
        <translation>وثيقتك الرقمية جاهزة</translation>
    </message>
    <message>
        <source>Open the YoID wallet on your phone.</source>
        <translation>افتح محفظة YoID على هاتفك.</translation>
    </message>
    <message>
        <source>Scan this code with the wallet.</source>
        <translation>امسح هذا الرمز بالمحفظة.</translation>
    </message>
    <message>
        <source>Look at what is offered, then accept it.</source>
        <translation>اطّلع على ما يُعرض عليك ثم اقبله.</translation>
    </message>
    <message>
        <source>Sign in with: %1</source>
        <translation>سجّل الدخول باستخدام: %1</translation>
    </message>
    <message>
        <source>First password: %1</source>
        <translation>كلمة المرور الأولى: %1</translation>
    </message>
    <message>
        <source>Choose a password of your own when you sign in.</source>
        <translation>اختر كلمة مرور خاصة بك عند تسجيل الدخول.</translation>
    </message>
    <message>
        <source>No password? Use “Forgot password” when you sign in.</source>
        <translation>ليست لديك كلمة مرور؟ استخدم «نسيت كلمة المرور» عند تسجيل الدخول.</translation>
    </message>
    <message>
        <source>Accept it by %1.</source>
        <translation>اقبلها في موعد أقصاه %1.</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>من %1</translation>
    </message>
    <message>
        <source>Only for you: whoever scans this code first gets the credential.</source>
        <translation>لك وحدك: من يمسح هذا الرمز أولاً يحصل على الوثيقة.</translation>
    </message>
    <message>
        <source>The code does not fit on paper. Ask %1 for the link.</source>
        <translation>الرمز لا يتسع على الورق. اطلب الرابط من %1.</translation>
    </message>
</context>
</TS>
